import type { Guardpost } from '../compose.ts'
import { moment, say } from './output.ts'

/** Says which connections wait for GitHub's limits, and until when; nothing where none does. */
export async function tellWaiting({ means: { store } }: Guardpost): Promise<void> {
  const connections = await store.connections.list()
  for (const { connectionId, count, next, until } of await store.jobs.waiting()) {
    const who = connections.find(({ id }) => id === connectionId)?.login ?? 'The App'
    const when = next === until ? moment(until) : `${moment(next)}, the last until ${moment(until)}`
    say(`${who} waits for GitHub’s limits: ${count} ${count === 1 ? 'job' : 'jobs'} until ${when}.`)
  }
}
