import type { Actor } from '../http/actor.ts'
import type { Resource } from './budget.ts'
import type { LimitOptions } from './options.ts'

const anonymous = 60

/** An installation on GitHub Enterprise Cloud has so many times the requests, or points, of another. */
const onEnterprise = { core: 3, graphql: 2 } as const

/** https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization */
const auditLog = 1_750

/**
 * Requests or points an hour: for an installation 50 more for every repository and user above 20, to 12,500, or on
 * Enterprise Cloud 15,000 and 10,000 (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api,
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api).
 */
export function hourlyLimit(actor: Actor, resource: Resource, { primary, graphPoints }: LimitOptions): number {
  const base = resource === 'graphql' ? graphPoints : primary
  if (base === Number.POSITIVE_INFINITY) return base
  if (resource === 'audit_log') return auditLog
  if (actor.kind === 'anonymous') return Math.min(anonymous, base)
  if (actor.kind !== 'installation') return base
  const { plan, repositories, members } = actor.installation.organization
  if (plan === 'enterprise') return base * onEnterprise[resource]
  const more = Math.max(0, repositories.size - 20) + Math.max(0, members.size - 20)
  return Math.max(base, Math.min(12_500, base + 50 * more))
}
