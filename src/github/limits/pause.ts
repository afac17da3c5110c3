const minute = 60_000
const longest = 60 * minute
/** So long after a pause one refusal is forgotten. */
const forgets = 10 * minute
const leastPace = 1 / 16

/** What a secondary limit's refusal asks for: quiet, then a slower pace. */
export interface Pause {
  /** Before then nothing is sent; in milliseconds, 0 when never refused. */
  readonly until: number
  /** After a pause the first request goes alone, so that a limit that still holds is met once and not by all. */
  readonly isTrial: boolean
  /** How much of our usual pace is right, above 0 to 1: GitHub changes its secondary limits without notice. */
  pace(now: number): number
  /** A request that began at `begunAt` was refused. Where GitHub names no time: a minute, twice as long each time. */
  refused(now: number, begunAt: number, retryAfter: number | null): void
  /** A request that began at `begunAt` went through. */
  passed(begunAt: number): void
}

export function pause(): Pause {
  let until = 0
  let refusals = 0
  let refusedAt = Number.NEGATIVE_INFINITY
  let isTrial = false
  const remembered = (now: number) => Math.max(0, refusals - Math.floor(Math.max(0, now - until) / forgets))
  return {
    get until() {
      return until
    },
    get isTrial() {
      return isTrial
    },
    pace: (now) => Math.max(leastPace, 2 ** -remembered(now)),
    refused(now, begunAt, retryAfter) {
      // What was under way when the refusal came is of the same refusal.
      if (begunAt >= refusedAt && now >= until) {
        refusals = remembered(now) + 1
        refusedAt = now
      }
      isTrial = true
      until = Math.max(until, now + (retryAfter ?? Math.min(minute * 2 ** (refusals - 1), longest)))
    },
    passed(begunAt) {
      if (begunAt >= until) isTrial = false
    },
  }
}
