/** How a caller stands with one budget. `reset` in seconds since 1970. */
export interface Budget {
  readonly resource: string
  readonly limit: number
  readonly used: number
  readonly remaining: number
  readonly reset: number
}

export interface RateLimit {
  /** Takes from the caller's budget; `granted` is false when there was not enough left. */
  take(caller: string, resource: string, limit: number, amount: number): { budget: Budget; granted: boolean }
  look(caller: string, resource: string, limit: number): Budget
}

const hour = 60 * 60 * 1000

/** GitHub's primary limits: a budget per caller and resource, whole again an hour after its first use. */
export function createRateLimit(now: () => number): RateLimit {
  const windows = new Map<string, { used: number; reset: number }>()
  const windowOf = (key: string) => {
    const open = windows.get(key)
    if (open && open.reset > now()) return open
    const fresh = { used: 0, reset: now() + hour }
    windows.set(key, fresh)
    return fresh
  }
  const look = (caller: string, resource: string, limit: number): Budget => {
    const { used, reset } = windowOf(`${caller} ${resource}`)
    return { resource, limit, used, remaining: Math.max(0, limit - used), reset: Math.floor(reset / 1000) }
  }
  return {
    look,
    take: (caller, resource, limit, amount) => {
      const open = windowOf(`${caller} ${resource}`)
      const granted = open.used + amount <= limit
      if (granted) open.used += amount
      return { budget: look(caller, resource, limit), granted }
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
