import type { Connection } from '../model/connection.ts'
import type { LogEntry, LogReading } from '../model/delivery-log.ts'
import { Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import { sameJson } from '../model/same-json.ts'
import { type PathHealth, pathHealth } from '../resources/connection/path-health.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { followLog } from './follow-log.ts'
import { hookLogs } from './hook-logs.ts'
import { because, type LogPayload, logJob, logRhythm } from './jobs.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { type OpenLog, openLog } from './open-log.ts'

/** How soon a log is read again when there was too much for one time, in milliseconds. */
const soon = 10_000
const mostPages = 50

const hour = 3_600_000
/** How long GitHub keeps the log, in milliseconds: 3 days, a GitHub Enterprise Server 7. */
const keptFor = { cloud: 72 * hour, enterpriseServer: 168 * hour }
/** News of the log having been read, and nothing else, is told no more often than this, in milliseconds. */
const newsRhythm = 1_800_000

/** Reads on in GitHub's delivery log of one hook, tells every connection whose events it brings, and comes again. */
export async function readDeliveryLog(means: Means, { payload, connectionId }: Job): Promise<void> {
  const { hookId } = payload as LogPayload
  const { store, clock, log } = means
  const opened = await openLog(means, hookId)
  if (opened === 'gone') return store.deliveryLog.forget(hookId)
  if (opened === 'not now') return
  const before = await store.deliveryLog.reading(hookId)
  const reading = await read(means, hookId, opened, before)
  await store.deliveryLog.setReading(hookId, reading)
  if (reading.refusal && reading.refusal.reason !== before?.refusal?.reason)
    log.warn({ hook: hookId, connection: connectionId, code: reading.refusal.code }, reading.refusal.reason)
  if (Math.floor((before?.readAt ?? 0) / hour) !== Math.floor(reading.readAt / hour)) {
    const age = opened.isEnterpriseServer() ? keptFor.enterpriseServer : keptFor.cloud
    await store.deliveryLog.prune(hookId, reading.readAt - age)
  }
  for (const connection of opened.connections) await tell(means, connection)
  await store.jobs.enqueue([logJob(hookId, connectionId, clock() + (reading.rest ? soon : logRhythm))])
}

/** A refusal is an answer about the log; one that only says "later" is thrown on. */
async function read(
  { store, clock }: Means,
  hookId: string,
  opened: OpenLog,
  before: LogReading | null,
): Promise<LogReading> {
  const readAt = clock()
  try {
    const keep = (entries: readonly LogEntry[]) => store.deliveryLog.keep(hookId, entries)
    return { ...(await followLog(opened, keep, before, mostPages)), readAt, refusal: null }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    // The cursor of a rest may be what is refused: the next reading goes over all of it from the top.
    const watermark = (before?.rest ? before.rest.downTo : before?.watermark) ?? null
    return { watermark, rest: null, readAt, refusal: error.diagnosis }
  }
}

/** Brings the facts into the connection's resource, whose change has its controls judged again. */
async function tell({ store, clock }: Means, connection: Connection): Promise<void> {
  const type = resourceTypes.find(({ type }) => type === connectionType.type)
  const nodeId = connectionNodeId(connection.organizationNodeId)
  const known = await store.resources.byNodeId(connection.id, connectionType.type, nodeId)
  if (!type || !known || known.goneAt) return
  const at = clock()
  const path = (await hookLogs(store, connection)).map((log) => pathHealth(log, at))
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
