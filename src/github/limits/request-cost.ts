import type { HttpRequest } from '../transport.ts'

/**
 * What one request takes of GitHub's limits: its points
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit),
 * and whether it writes and creates content.
 */
export interface RequestCost {
  readonly resource: 'core' | 'graphql' | 'audit_log'
  readonly points: number
  readonly isWrite: boolean
  readonly isCreation: boolean
}

const read: RequestCost = { resource: 'core', points: 1, isWrite: false, isCreation: false }
/** 1,750 an hour of its own (https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs). */
const auditLog: RequestCost = { resource: 'audit_log', points: 1, isWrite: false, isCreation: false }
const query: RequestCost = { resource: 'graphql', points: 1, isWrite: false, isCreation: false }
const mutation: RequestCost = { resource: 'graphql', points: 5, isWrite: true, isCreation: false }
const write: RequestCost = { resource: 'core', points: 5, isWrite: true, isCreation: false }
const creation: RequestCost = { resource: 'core', points: 5, isWrite: true, isCreation: true }
/** A new installation token changes nothing that anybody sees. */
const token: RequestCost = { resource: 'core', points: 5, isWrite: false, isCreation: false }

/** What GitHub marks as triggering notifications, and what stands on a commit for people to see. */
const creating =
  /^POST .*\/(?:issues|comments|replies|pulls|reviews|requested_reviewers|releases|invitations|check-runs|statuses\/\{sha\})$|^PUT .*\/collaborators\/\{username\}$/

/** The cost of a route. The same cost is the same object. */
export function costOf({ method, path, graph }: Pick<HttpRequest, 'method' | 'path' | 'graph'>): RequestCost {
  if (graph) return graph === 'query' ? query : mutation
  if (method === 'GET') return path.endsWith('/audit-log') ? auditLog : read
  if (path.endsWith('/access_tokens')) return token
  return creating.test(`${method} ${path}`) ? creation : write
}
