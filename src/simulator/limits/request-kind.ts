import type { Resource } from './budget.ts'

/** What the limits want to know of a request. */
export interface RequestKind {
  readonly graphql: boolean
  /** The budget it takes from. */
  readonly resource: Resource
  /** Secondary points: a read 1, a write 5, a GraphQL query 1, a mutation 5. */
  readonly points: number
  /** Makes content that people are notified of. */
  readonly content: boolean
  /** Does not count against the primary limit. */
  readonly free: boolean
}

/**
 * The operations of which GitHub's REST reference says that creating content too quickly may result in secondary rate
 * limiting (`triggersNotification` in its OpenAPI description).
 */
const contentRoutes: ReadonlySet<string> = new Set([
  'POST /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
])

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

export const restKind = (method: string, route: string): RequestKind => ({
  graphql: false,
  resource: route === 'GET /orgs/{org}/audit-log' ? 'audit_log' : 'core',
  points: reads.has(method) ? 1 : 5,
  content: contentRoutes.has(route),
  free: route === 'GET /rate_limit',
})

export const graphKind = (mutation: boolean): RequestKind => ({
  graphql: true,
  resource: 'graphql',
  points: mutation ? 5 : 1,
  content: false,
  free: false,
})
