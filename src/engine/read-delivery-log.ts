import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../model/connection.ts'
import type { LogEntry, LogReading } from '../model/delivery-log.ts'
import { Refusal } from '../model/github.ts'
import type { Job, NewJob } from '../model/job.ts'
import { sameJson } from '../model/same-json.ts'
import { type PathHealth, pathHealth } from '../resources/connection/path-health.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { followLog, type LogEnd } from './follow-log.ts'
import { hookLogs, logsOf } from './hook-logs.ts'
import { because, discoverJob, type LogPayload, logJob, logRhythm, startLogJob } from './jobs.ts'
import { bridge, gapOf } from './log-gap.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { type OpenLog, openLog } from './open-log.ts'
import { readBack } from './read-back.ts'

/** How soon a log is read again when there was too much for one time, in milliseconds. */
const soon = 10_000
const mostPages = 50

const hour = 3_600_000
/** How long GitHub keeps the log, in milliseconds: 3 days, a GitHub Enterprise Server 7. */
const keptByGitHub = { cloud: 72 * hour, enterpriseServer: 168 * hour }
/** News of the log having been read, and nothing else, is told no more often than this, in milliseconds. */
const newsRhythm = 1_800_000

/**
 * Reads on in GitHub's delivery log of one hook, reads back from it what did not arrive, tells every connection whose events
 * it brings, and comes again. After a start, what fields have no event for is read when the events are in.
 */
export async function readDeliveryLog(means: Means, { payload, connectionId }: Job): Promise<void> {
  const { hookId, isStart } = payload as LogPayload
  const { store, clock, log } = means
  const opened = await openLog(means, hookId)
  if (opened === 'gone') return store.deliveryLog.forget(hookId)
  if (opened === 'not now') return
  const before = await store.deliveryLog.reading(hookId)
  const { end, ...reading } = await read(means, hookId, opened, before)
  await store.deliveryLog.setReading(hookId, reading)
  if (reading.refusal && reading.refusal.reason !== before?.refusal?.reason)
    log.warn({ hook: hookId, connection: connectionId, code: reading.refusal.code }, reading.refusal.reason)
  const keptFor = opened.isEnterpriseServer() ? keptByGitHub.enterpriseServer : keptByGitHub.cloud
  if (Math.floor((before?.readAt ?? 0) / hour) !== Math.floor(reading.readAt / hour))
    await store.deliveryLog.prune(hookId, reading.readAt - keptFor)
  await bridgeGaps(means, opened, before, end, keptFor)
  // Those sent first come first: not before the log is read back to where it was read before.
  const isMore = reading.rest || reading.refusal ? false : await recover(means, hookId, opened)
  for (const connection of opened.connections) await tell(means, connection)
  if (isStart && !isMore && reading.rest === null) await store.jobs.enqueue(await discoveries(means, opened, hookId))
  const again = logJob(hookId, connectionId, clock() + (isMore ? 0 : reading.rest ? soon : logRhythm))
  await store.jobs.enqueue([
    isStart && (isMore || reading.rest) ? startLogJob(hookId, connectionId, again.runAt) : again,
  ])
}

/** A refusal is an answer about the log; one that only says "later" is thrown on. */
async function read(
  { store, clock }: Means,
  hookId: string,
  opened: OpenLog,
  before: LogReading | null,
): Promise<LogReading & { end: LogEnd | null }> {
  const readAt = clock()
  try {
    const keep = (entries: readonly LogEntry[]) => store.deliveryLog.keep(hookId, entries)
    const followed = await followLog(opened, keep, before, mostPages)
    return { ...followed, readAt, wholeAt: followed.rest ? (before?.wholeAt ?? null) : readAt, refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    // The cursor of a rest may be what is refused: the next reading goes over all of it from the top.
    const watermark = (before?.rest ? before.rest.downTo : before?.watermark) ?? null
    return { watermark, wholeAt: before?.wholeAt ?? null, rest: null, readAt, refusal: error.diagnosis, end: null }
  }
}

async function bridgeGaps(
  means: Means,
  { connections, scopes }: OpenLog,
  before: LogReading | null,
  end: LogEnd | null,
  keptFor: number,
): Promise<void> {
  for (const connection of connections) {
    const since = scopes.find(({ connectionId }) => connectionId === connection.id)?.since ?? connection.createdAt
    const gap = gapOf(before, end, { since, now: means.clock(), keptFor })
    if (gap) await bridge(means, connection, gap)
  }
}

/** Resolves to whether there is more to read back. What GitHub keeps from being read back now is told as lost. */
async function recover(means: Means, hookId: string, opened: OpenLog): Promise<boolean> {
  try {
    const { taken, more } = await readBack(means, hookId, opened)
    if (taken > 0) await projected(means, hookId)
    return more
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.retryAt === null)
      means.log.warn({ hook: hookId, code: error.diagnosis.code }, `Not read back: ${error.diagnosis.reason}`)
    for (const connection of opened.connections) await tell(means, connection)
    if (error.retryAt !== null) throw error
    return false
  }
}

/** In milliseconds. */
const look = 20
/** So many looks without anything done, and nobody does it now. */
const mostIdle = 50

/** Others project meanwhile what was taken in. */
async function projected({ store }: Means, hookId: string): Promise<void> {
  let waiting = Number.POSITIVE_INFINITY
  for (let idle = 0; waiting > 0 && idle < mostIdle; idle++) {
    const now = await store.deliveryLog.countWaiting(hookId)
    if (now < waiting) idle = 0
    waiting = now
    if (waiting > 0) await sleep(look)
  }
}

/** The last log of a connection to be read after a start has everything discovered. */
async function discoveries({ store, clock }: Means, { connections }: OpenLog, hookId: string): Promise<NewJob[]> {
  const now = clock()
  const jobs: NewJob[] = []
  for (const connection of connections) {
    const others = (await logsOf(store, connection)).filter((log) => log.hookId !== hookId)
    const reading = others.map((log) => startLogJob(log.hookId, log.connectionId, now))
    if (reading.length === 0 || !(await store.jobs.isUnderWay(reading, now)))
      jobs.push(discoverJob(connection.id, 'start', now, 0))
  }
  return jobs
}

/** Brings the facts into the connection's resource, whose change has its controls judged again. */
async function tell({ store, clock }: Means, connection: Connection): Promise<void> {
  const type = resourceTypes.find(({ type }) => type === connectionType.type)
  const nodeId = connectionNodeId(connection.organizationNodeId)
  const known = await store.resources.byNodeId(connection.id, connectionType.type, nodeId)
  if (!type || !known || known.goneAt) return
  const at = clock()
  const path = (await hookLogs(store, connection, at)).map((log) => pathHealth(log, at))
  if (!isNews(known.data.path as unknown as PathHealth[] | undefined, path)) return
  const sighted = { source: 'event', at, cause: because('delivery log') } as const
  await store.transaction((tx) =>
    observe(tx, connection, type, { kind: 'seen', nodeId, data: { path: path as never } }, sighted),
  )
}

function isNews(before: readonly PathHealth[] | undefined, after: readonly PathHealth[]): boolean {
  return after.some((health, index) => {
    const known = before?.[index]
    const isStale = (health.readAt ?? 0) - (known?.readAt ?? 0) >= newsRhythm
    return isStale || !sameJson({ ...known, readAt: null }, { ...health, readAt: null })
  })
}
