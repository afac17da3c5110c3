import type { HookLog, LoggedDelivery, LostDeliveries } from '../../model/delivery-log.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'

/** Of a time or an event: attempts sent, those that failed for good, events read back from the log, and those not here. */
export interface PathCounts {
  sent: number
  failed: number
  readBack: number
  missing: number
}

/** The newest attempts, as long as each went the same wrong way. Times in milliseconds. */
export interface PathRun {
  count: number
  /** Of the first of them. */
  since: number
  /** What the log says of them, each once. */
  said: string[]
  /** The newest ten, newest first. */
  newest: { at: number; event: string; said: string }[]
}

/** How a hook's deliveries fare between GitHub and us. Times in milliseconds. */
export interface PathHealth {
  hookId: string
  /** When GitHub's log was last read, or last refused; null: never. */
  readAt: number | null
  refusal: Diagnosis | null
  /** The last 24 hours. */
  day: PathCounts
  /** The same by event. */
  events: Record<string, PathCounts>
  hour: PathCounts & { throttled: number }
  /** Null: the newest attempt got through, or there was none. */
  failing: PathRun | null
  /** Answered well, but not by us; null: what was answered last came here. */
  swallowed: PathRun | null
  /** Not here by any way, to be read back from the log. */
  lost: LostDeliveries
  /** How many GitHub no longer shows: what they were about is read anew instead. */
  unreadable: number
  /** Whether the three newest attempts all got through. */
  isSteady: boolean
  lastHeard: { at: number; event: string; delay: number | null } | null
  /** Since when something could have been heard. */
  since: number
}

const hour = 3_600_000
const day = 24 * hour

/** What the delivery log and our own record of deliveries say together. */
export function pathHealth(log: HookLog, now: number): PathHealth {
  const { hookId, since, reading, newest, lastHeard, lost, unreadable } = log
  const ours = newest.filter(({ deliveredAt }) => deliveredAt >= since)
  const through = new Set(ours.filter(isOk).map(({ guid }) => guid))
  const isLost = (attempt: LoggedDelivery) => !isOk(attempt) && !through.has(attempt.guid)
  const within = (span: number) => ours.filter(({ deliveredAt }) => deliveredAt > now - span)
  const ofDay = within(day)
  return {
    hookId,
    readAt: reading?.readAt ?? null,
    refusal: reading?.refusal ?? null,
    day: countsOf(ofDay, isLost),
    events: countsByEvent(ofDay, isLost),
    hour: { ...countsOf(within(hour), isLost), throttled: throttledSince(ours, now - hour) },
    failing: runOf(until(ours, isOk).filter(isLost)),
    swallowed: runOf(until(ours.filter(isOk), ({ receivedAt }) => receivedAt !== null)),
    lost,
    unreadable,
    isSteady: ours.length > 0 && ours.slice(0, 3).every(isOk),
    lastHeard: lastHeard && { at: lastHeard.at, event: lastHeard.event, delay: delayOf(ours, lastHeard) },
    since,
  }
}

/** GitHub's rule: `OK` alone is success. */
const isOk = ({ status }: LoggedDelivery): boolean => status === 'OK'

function until<T>(items: readonly T[], isEnd: (item: T) => boolean): readonly T[] {
  const end = items.findIndex(isEnd)
  return end < 0 ? items : items.slice(0, end)
}

function countsOf(attempts: readonly LoggedDelivery[], isLost: (attempt: LoggedDelivery) => boolean): PathCounts {
  const missing = attempts.filter(({ receivedAt, isReadBack }) => receivedAt === null && !isReadBack)
  return {
    sent: attempts.length,
    failed: attempts.filter(isLost).length,
    readBack: eventsOf(attempts.filter(({ isReadBack }) => isReadBack)),
    missing: eventsOf(missing),
  }
}

const eventsOf = (attempts: readonly LoggedDelivery[]): number => new Set(attempts.map(({ guid }) => guid)).size

function countsByEvent(
  attempts: readonly LoggedDelivery[],
  isLost: (attempt: LoggedDelivery) => boolean,
): Record<string, PathCounts> {
  const groups = [...Map.groupBy(attempts, ({ event }) => event)].toSorted(([a], [b]) => a.localeCompare(b))
  return Object.fromEntries(groups.map(([event, group]) => [event, countsOf(group, isLost)]))
}

const throttledSince = (attempts: readonly LoggedDelivery[], time: number): number =>
  attempts.filter(({ throttledAt }) => throttledAt !== null && throttledAt > time).length

function runOf(attempts: readonly LoggedDelivery[]): PathRun | null {
  const first = attempts.at(-1)
  if (!first) return null
  const newest = attempts.slice(0, 10)
  return {
    count: attempts.length,
    since: first.deliveredAt,
    said: [...new Set(attempts.map(saidOf))].toSorted(),
    newest: newest.map((attempt) => ({ at: attempt.deliveredAt, event: attempt.event, said: saidOf(attempt) })),
  }
}

/** E.g. `502 failed to connect to host`; a time-out has no code, and GitHub's words may hold the code already. */
function saidOf({ status, statusCode }: LoggedDelivery): string {
  return statusCode === 0 || status.includes(String(statusCode)) ? status : `${statusCode} ${status}`
}

/** GitHub's times are whole seconds, and its clock is not ours: less than nothing is nothing. */
function delayOf(attempts: readonly LoggedDelivery[], { at, guid }: NonNullable<HookLog['lastHeard']>): number | null {
  const sent = attempts.find((attempt) => attempt.guid === guid && isOk(attempt))
  return sent ? Math.max(0, at - sent.deliveredAt) : null
}
