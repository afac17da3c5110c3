import type { LogEntry, LogScope } from '../model/delivery-log.ts'
import type { NewJob } from '../model/job.ts'
import { repository } from '../resources/repository.ts'
import { stillComing } from './hook-logs.ts'
import { because, discoverJob, readJob } from './jobs.ts'
import type { Means } from './means.ts'
import type { OpenLog } from './open-log.ts'

/** Read back before the log is looked at again. */
const mostAtATime = 100
/** Bodies in memory at once, of up to 25 MB each. */
const together = 4

const unseen = 'deliveries that GitHub no longer shows'

/** What became of lost deliveries: how many were taken in, how many GitHub no longer shows, and whether there are more. */
export interface ReadBack {
  readonly taken: number
  readonly unreadable: number
  readonly more: boolean
}

/**
 * Reads lost deliveries back from GitHub's log and takes them in as if they had come, those sent first come first. That
 * GitHub says them makes them good: the bytes that were signed are gone. Cut off, it goes on with what is lost then.
 */
export async function readBack(means: Means, hookId: string, opened: OpenLog): Promise<ReadBack> {
  const { store, clock, log, intakeLimits } = means
  let [taken, unreadable, more] = [0, 0, false]
  for (const scope of opened.scopes) {
    if ((await store.jobs.counts()).queued >= intakeLimits.queuedJobs) return { taken, unreadable, more: false }
    const lost = await store.deliveryLog.lost(hookId, scope, clock() - stillComing, mostAtATime)
    more ||= lost.length === mostAtATime
    for (let from = 0; from < lost.length; from += together) {
      const some = lost.slice(from, from + together)
      const payloads = await Promise.all(some.map(({ githubId }) => opened.payload(githubId)))
      for (const [index, entry] of some.entries()) {
        if (isObject(payloads[index])) await take(means, hookId, entry, payloads[index])
        else await leave(means, hookId, scope, entry)
      }
      const left = payloads.filter((payload) => !isObject(payload)).length
      taken += payloads.length - left
      unreadable += left
    }
    if (lost.length > 0)
      log.info({ hook: hookId, connection: scope.connectionId, taken, unreadable, more }, 'Lost deliveries read back')
  }
  return { taken, unreadable, more }
}

const isObject = (payload: unknown): payload is object => typeof payload === 'object' && payload !== null

async function take({ store }: Means, hookId: string, entry: LogEntry, payload: object): Promise<void> {
  const { guid, event, deliveredAt } = entry
  const body = Buffer.from(JSON.stringify(payload, plainNumbers))
  await store.deliveries.accept({ hookId, guid, event, headers: {}, body, receivedAt: deliveredAt, source: 'log' })
}

/** The client gives numbers beyond 53 bits as bigints; what is read of a payload are numbers. */
const plainNumbers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

/** What it was about is asked for instead: by itself where that is recorded, else with everything. */
async function leave(means: Means, hookId: string, { connectionId }: LogScope, entry: LogEntry): Promise<void> {
  const { store, log } = means
  const { guid, event, action } = entry
  log.warn({ hook: hookId, connection: connectionId, guid, event, action }, 'GitHub no longer shows a lost delivery')
  await store.transaction(async (tx) => {
    await tx.deliveryLog.setUnreadable(hookId, guid, 'GitHub no longer shows it')
    await tx.jobs.enqueue([await instead({ ...means, store: tx }, connectionId, entry)])
  })
}

async function instead({ store, clock }: Means, connectionId: number, { repositoryId }: LogEntry): Promise<NewJob> {
  const now = clock()
  const known =
    repositoryId === null ? null : await store.resources.byDatabaseId(connectionId, repository.type, repositoryId)
  if (known) return readJob(connectionId, repository, known.nodeId, because(unseen), now)
  return discoverJob(connectionId, unseen, now)
}
