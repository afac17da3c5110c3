import { wholeSecond } from '../timestamp.ts'

/** How a caller stands with one hourly budget. `reset` in seconds since 1970. */
export interface Budget {
  readonly resource: Resource
  readonly limit: number
  readonly used: number
  readonly remaining: number
  readonly reset: number
}

/** Budgets that GitHub keeps apart: REST requests, GraphQL points, and looks at an audit log. */
export type Resource = 'core' | 'graphql' | 'audit_log'

export interface Budgets {
  look(caller: string, resource: Resource, limit: number): Budget
  take(caller: string, resource: Resource, amount: number): void
}

const hour = 60 * 60 * 1000

/** GitHub's primary limits: a budget per caller and resource, whole again an hour after its first use. */
export function createBudgets(now: () => number): Budgets {
  const windows = new Map<string, { used: number; reset: number }>()
  const windowOf = (caller: string, resource: Resource) => {
    const key = `${caller} ${resource}`
    const open = windows.get(key)
    if (open && open.reset > now()) return open
    const fresh = { used: 0, reset: wholeSecond(now() + hour) }
    windows.set(key, fresh)
    return fresh
  }
  return {
    look: (caller, resource, limit) => {
      const { used, reset } = windowOf(caller, resource)
      return { resource, limit, used, remaining: Math.max(0, limit - used), reset: reset / 1000 }
    },
    take: (caller, resource, amount) => {
      windowOf(caller, resource).used += amount
    },
  }
}

export const budgetHeaders = ({ limit, remaining, used, reset, resource }: Budget): Record<string, string> => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Used': String(used),
  'X-RateLimit-Reset': String(reset),
  'X-RateLimit-Resource': resource,
})
