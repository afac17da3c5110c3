import type { Connection } from '../model/connection.ts'
import type { LogReading } from '../model/delivery-log.ts'
import { organization } from '../resources/organization.ts'
import type { LogEnd } from './follow-log.ts'
import { discoverJob } from './jobs.ts'
import type { Means } from './means.ts'

const hour = 3_600_000

/** Times in milliseconds. */
interface Gap {
  /** Up to here everything is known. */
  readonly from: number
  /** The oldest that GitHub's log has; null: nothing at all. */
  readonly oldest: number | null
}

/**
 * Whether GitHub may have sent something between what was known before and what its log still has: more time went by than
 * it keeps the log for, or it lost what it should have. `end`: the log was read to its end, and what was known is not in it.
 */
export function gapOf(
  before: Pick<LogReading, 'watermark' | 'wholeAt' | 'readAt'> | null,
  end: LogEnd | null,
  { since, now, keptFor }: { since: number; now: number; keptFor: number },
): Gap | null {
  if (!end) return null
  const from = Math.max(since, before ? (before.wholeAt ?? before.readAt) : 0)
  const isOutlived = from < now - keptFor
  const isEmptied = (before?.watermark ?? 0) > Math.max(since, now - keptFor + hour)
  return isOutlived || isEmptied ? { from, oldest: end.oldest } : null
}

/** What happened in a gap is in no log: everything is read anew, and the history of the organization says why. */
export async function bridge(
  { store, clock, log }: Means,
  connection: Connection,
  { from, oldest }: Gap,
): Promise<void> {
  const now = clock()
  const reach = oldest === null ? 'is empty' : `reaches back to ${iso(oldest)} only`
  const summary = `Guardpost was away from ${iso(from)} to ${iso(now)}; GitHub’s delivery log ${reach}: everything is read anew`
  log.warn({ connection: connection.id, organization: connection.login }, summary)
  await store.transaction(async (tx) => {
    const root = await tx.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
    if (root)
      await tx.activities.add({
        connectionId: connection.id,
        resourceId: root.id,
        kind: 'away',
        actor: null,
        summary,
        changes: [],
        source: 'discovery',
        deliveryId: null,
        at: now,
      })
    await tx.jobs.enqueue([discoverJob(connection.id, 'the delivery log has a gap', now)])
  })
}

const iso = (time: number): string => new Date(time).toISOString()
