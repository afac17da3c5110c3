import type { Flavour } from '../world.ts'

/** How much one caller may ask. */
export interface LimitOptions {
  /** REST requests an hour. What an installation gets more for its size is added to 5,000 only. */
  readonly primary: number
  /** GraphQL points an hour. */
  readonly graphPoints: number
  /** Requests at the same time, REST and GraphQL together. */
  readonly concurrent: number
  readonly restPointsPerMinute: number
  readonly graphPointsPerMinute: number
  readonly contentPerMinute: number
  readonly contentPerHour: number
  /** Whether a refusal by a secondary limit says how long to wait. GitHub does not always. */
  readonly retryAfterHeader: boolean
  /** Status of a REST refusal by a secondary limit. */
  readonly secondaryStatus: 403 | 429
}

/**
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
 */
const documented: LimitOptions = {
  primary: 5000,
  graphPoints: 5000,
  concurrent: 100,
  restPointsPerMinute: 900,
  graphPointsPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
  retryAfterHeader: true,
  secondaryStatus: 403,
}

const none: LimitOptions = {
  ...documented,
  primary: Number.POSITIVE_INFINITY,
  graphPoints: Number.POSITIVE_INFINITY,
  concurrent: Number.POSITIVE_INFINITY,
  restPointsPerMinute: Number.POSITIVE_INFINITY,
  graphPointsPerMinute: Number.POSITIVE_INFINITY,
  contentPerMinute: Number.POSITIVE_INFINITY,
  contentPerHour: Number.POSITIVE_INFINITY,
}

/** A GitHub Enterprise Server comes with its rate limits switched off. */
export const limitsOf = (flavour: Flavour, draft: Partial<LimitOptions>): LimitOptions => ({
  ...(flavour === 'ghes' ? none : documented),
  ...draft,
})
