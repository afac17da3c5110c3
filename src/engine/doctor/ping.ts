import type { Connection } from '../../model/connection.ts'
import { live } from '../../model/github.ts'
import type { Hook } from '../../model/hook.ts'
import type { Means } from '../means.ts'
import { isWorkedOn } from '../working.ts'
import { operator, orRefused, type Symptom } from './symptom.ts'

export interface Waiting {
  /** In milliseconds, altogether and between looks. */
  readonly patience: number
  readonly rhythm: number
}

/** GitHub sends a ping within a second or two. */
export const waitForPing: Waiting = { patience: 15_000, rhythm: 250 }

/**
 * The round trip: GitHub is asked to ping each organization webhook of ours, and the ping must come here with our signature.
 * GitHub has no such call for the webhook of an App.
 */
export async function pingHooks(means: Means, connection: Connection, waiting: Waiting): Promise<Symptom[]> {
  const hooks = (await means.store.hooks.list(connection.id)).filter(({ githubId }) => githubId !== null)
  if (hooks.length === 0) return []
  const about = 'Ping of the organization’s webhook'
  if (!(await isWorkedOn(means))) return [{ about, found: 'nobody is there to hear it', level: 'unknown' }]
  const symptoms: Symptom[] = []
  for (const hook of hooks)
    symptoms.push(...(await orRefused(about, () => ping(means, connection, hook, about, waiting))))
  return symptoms
}

async function ping(
  means: Means,
  connection: Connection,
  { id, githubId, ping: before }: Hook,
  about: string,
  waiting: Waiting,
): Promise<Symptom[]> {
  const github = await means.clients.forConnection(connection, live('doctor'))
  if (!github || githubId === null) return []
  // A ping that says what one said before counts where it is awaited only.
  await means.store.hooks.setPing(connection.id, id, { askedAt: means.clock(), provedFor: null })
  await github.write('POST /orgs/{org}/hooks/{hook_id}/pings', { org: connection.login, hook_id: githubId })
  const looks = Math.ceil(waiting.patience / waiting.rhythm)
  for (let look = 0; look < looks; look++) {
    const now = (await means.store.hooks.list(connection.id)).find((hook) => hook.id === id)
    if (now?.ping.guid && now.ping.guid !== before.guid)
      return [{ about, found: 'came, signed with our secret', level: 'ok' }]
    await new Promise((resolve) => setTimeout(resolve, waiting.rhythm))
  }
  const action =
    'See the webhook’s Recent Deliveries for what GitHub was answered: no connection is the network’s, 401 the secret’s. ' +
    '`guardpost policies set` of Event Handlers to `Enforce: Enabled` sets address and secret anew.'
  return [{ about, found: 'did not come', level: 'wrong', remedy: { who: operator, action } }]
}
