import type { Probot } from 'probot'
import { compose, type Guardpost } from './compose.ts'
import { readConfig } from './config.ts'

/**
 * The Probot application function. It works by `probot.receive` alone: each event is kept, projected and judged before
 * the handler returns. Hand in a Guardpost to share one; otherwise it is composed from the environment.
 */
export default async function guardpost(
  app: Probot,
  { guardpost: given }: { guardpost?: Guardpost } = {},
): Promise<void> {
  const { engine } = given ?? (await compose(readConfig(process.env)))
  app.onAny(async ({ id, name, payload }) => {
    await engine.accept({ id, name, payload }, 'probot')
    await engine.idle()
  })
}
