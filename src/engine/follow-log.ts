import type { LogEntry, LogReading } from '../model/delivery-log.ts'

/** GitHub's delivery log of one hook, newest first, page by page. */
export interface PagedLog {
  /** The page at a cursor, or the first one (null). */
  page(cursor: string | null): Promise<{ entries: readonly LogEntry[]; next: string | null }>
}

type Place = NonNullable<LogReading['rest']>
type Followed = Pick<LogReading, 'watermark' | 'rest'>

/** The log was read to its end without coming to where the last reading ended. */
export interface LogEnd {
  /** Of what was read, in milliseconds; null: nothing. */
  readonly oldest: number | null
}

/** An attempt enters the log when it has ended, up to a time-out (30 s on GHES) after ones that began later. In milliseconds. */
const late = 30_000

/**
 * Reads back to where the last reading ended, `mostPages` at most; where that is not far enough, what remains is noted and
 * read by the next readings. `keep` returns how many of the attempts were new.
 */
export async function followLog(
  log: PagedLog,
  keep: (entries: readonly LogEntry[]) => Promise<number>,
  before: Followed | null,
  mostPages: number,
): Promise<Followed & { end: LogEnd | null }> {
  const known = before?.watermark ?? null
  const top = await readBack(log, keep, { cursor: null, downTo: known }, mostPages)
  // What has left the log is no place to come back to.
  const watermark = top.end ? top.newest : top.newest === null ? known : Math.max(top.newest, known ?? 0)
  if (top.rest)
    return { watermark, rest: { ...top.rest, downTo: before?.rest ? before.rest.downTo : known }, end: null }
  if (!before?.rest) return { watermark, rest: null, end: top.end }
  const { rest, end } = await readBack(log, keep, before.rest, mostPages)
  return { watermark, rest, end }
}

async function readBack(
  log: PagedLog,
  keep: (entries: readonly LogEntry[]) => Promise<number>,
  { cursor: start, downTo }: { cursor: string | null; downTo: number | null },
  mostPages: number,
): Promise<{ newest: number | null; rest: Place | null; end: LogEnd | null }> {
  let cursor = start
  let newest: number | null = null
  let oldest = Number.POSITIVE_INFINITY
  for (let page = 0; page < mostPages; page++) {
    const { entries, next } = await log.page(cursor)
    const times = entries.map(({ deliveredAt }) => deliveredAt)
    const fresh = await keep(entries)
    newest ??= times.length > 0 ? Math.max(...times) : null
    oldest = Math.min(oldest, ...times)
    if (next === null && oldest > (downTo ?? 0))
      return { newest, rest: null, end: { oldest: Number.isFinite(oldest) ? oldest : null } }
    if (next === null || isReached(Math.min(...times), fresh, downTo)) return { newest, rest: null, end: null }
    cursor = next
  }
  return { newest, rest: cursor === null ? null : { cursor, downTo }, end: null }
}

/** Where a page still brought something new, what came late may stand on the next one. */
function isReached(oldest: number, fresh: number, downTo: number | null): boolean {
  return downTo !== null && (fresh === 0 ? oldest <= downTo : oldest <= downTo - late)
}
