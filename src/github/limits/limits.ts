import type { RequestCost } from './request-cost.ts'
import type { WindowRule } from './sliding-window.ts'

/**
 * How much one credential asks of GitHub, within the limits of
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api.
 */
export interface Limits {
  /** GitHub allows 100 requests at a time. */
  readonly concurrency: number
  readonly restPointsPerMinute: number
  readonly graphPointsPerMinute: number
  /**
   * GitHub advises about a second between many writes. 80 a minute, a few at once and then spread, are 4,800 an hour,
   * and more than the hour's 5,000 requests would hardly allow.
   */
  readonly writesPerMinute: number
  readonly creationsPerMinute: number
  readonly creationsPerHour: number
  /** The part of each limit that background work leaves to live work, 0 to 1. */
  readonly liveShare: number
  /** A call waits so long by itself, in milliseconds; what takes longer is refused with the time to ask again. */
  readonly patienceMs: number
}

export const defaultLimits: Limits = {
  concurrency: 20,
  restPointsPerMinute: 900,
  graphPointsPerMinute: 2000,
  writesPerMinute: 80,
  creationsPerMinute: 80,
  creationsPerHour: 500,
  liveShare: 0.2,
  patienceMs: 5000,
}

/** One window of a secondary limit, and what a request counts in it. */
export interface LimitRule extends WindowRule {
  readonly counts: (cost: RequestCost) => number
  /** Whether GitHub's refusals slow it down. An hour's amount stays: it would be an hour's wait. */
  readonly yields: boolean
}

const minute = 60_000
const hour = 60 * minute

export function rulesOf(limits: Limits): readonly LimitRule[] {
  const { restPointsPerMinute, graphPointsPerMinute, writesPerMinute, creationsPerMinute, creationsPerHour } = limits
  const half = (most: number) => ({ spanMs: minute, most, atOnce: most / 2, yields: true })
  const quarter = (most: number) => ({ spanMs: minute, most, atOnce: most / 4, yields: true })
  return [
    { ...half(restPointsPerMinute), counts: ({ resource, points }) => (resource === 'graphql' ? 0 : points) },
    { ...half(graphPointsPerMinute), counts: ({ resource, points }) => (resource === 'graphql' ? points : 0) },
    { ...quarter(writesPerMinute), counts: ({ isWrite }) => Number(isWrite) },
    { ...quarter(creationsPerMinute), counts: ({ isCreation }) => Number(isCreation) },
    {
      spanMs: hour,
      most: creationsPerHour,
      atOnce: creationsPerHour,
      yields: false,
      counts: ({ isCreation }) => Number(isCreation),
    },
  ]
}
