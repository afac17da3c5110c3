import type { PrimarySaid } from './limit-headers.ts'

const minute = 60_000
const hour = 60 * minute
/** Answers of the same hour may differ in its end by a second or so. */
const tolerance = 10_000

/** One of GitHub's hourly limits, as GitHub last said it, less what is on its way. */
export interface PrimaryLimit {
  /** The earliest moment for one more request that leaves the share `keptBack` (0 to 1) of the limit untouched. */
  when(now: number, keptBack: number): number
  begin(): void
  end(): void
  hear(said: PrimarySaid, now: number): void
  /** GitHub refused: nothing goes until `resetAt`. Gives the moment it settled on. */
  usedUp(now: number, resetAt: number | null): number
  state(now: number): { limit: number | null; remaining: number | null; resetAt: number | null }
}

export function primaryLimit(): PrimaryLimit {
  let known: Omit<PrimarySaid, 'resource'> | null = null
  let running = 0
  return {
    when(now, keptBack) {
      if (!known || known.resetAt <= now) return now
      return known.remaining - running > known.limit * keptBack ? now : known.resetAt
    },
    begin() {
      running++
    },
    end() {
      running--
    },
    hear({ limit, remaining, resetAt }, now) {
      // Answers overtake each other: within one hour the lowest is the newest, and an hour that is over is no news.
      if (!known || known.resetAt <= now || resetAt > known.resetAt + tolerance) known = { limit, remaining, resetAt }
      else if (resetAt >= known.resetAt - tolerance)
        known = { limit, remaining: Math.min(remaining, known.remaining), resetAt: known.resetAt }
    },
    usedUp(now, resetAt) {
      // However the clocks differ: a minute at least, so as not to insist, and an hour at most, which GitHub's limits last.
      const until = Math.min(Math.max(resetAt ?? 0, now + minute), now + hour)
      known = { limit: known?.limit ?? 0, remaining: 0, resetAt: until }
      return until
    },
    state(now) {
      if (!known) return { limit: null, remaining: null, resetAt: null }
      return known.resetAt <= now ? { limit: known.limit, remaining: known.limit, resetAt: null } : { ...known }
    },
  }
}
