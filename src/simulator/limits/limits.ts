import { type Actor, actorName } from '../http/actor.ts'
import { type Budget, createBudgets, type Resource } from './budget.ts'
import { hourlyLimit } from './hourly-limit.ts'
import type { LimitOptions } from './options.ts'
import type { RequestKind } from './request-kind.ts'
import { createSecondary } from './secondary.ts'
import { createWaits, type LimitHit, type LimitKind, type Wait } from './waits.ts'

/** One request under the limits, from its arrival until its answer is out. */
export interface Visit {
  /** The wait that refuses the request; nothing when it may go on, and then its points are spent. */
  admit(kind: RequestKind): Wait | undefined
  /** Takes from the hourly budget; the wait that refuses when there is nothing left. */
  spend(resource: Resource, amount: number): Wait | undefined
  /** Gives back what was taken: a 304 costs nothing. */
  refund(): void
  /** Lets the caller wait for so many milliseconds. */
  impose(milliseconds: number): Wait
  /** Nothing where requests are not limited. */
  budget(resource: Resource): Budget | undefined
  leave(): void
}

export interface Limits {
  readonly hits: readonly LimitHit[]
  arrive(actor: Actor): Visit
}

const spent = { core: 'primary', graphql: 'graphPoints', audit_log: 'auditLog' } as const

/** GitHub's limits, each caller under its own. */
export function createLimits(options: LimitOptions, now: () => number): Limits {
  const hits: LimitHit[] = []
  const secondary = createSecondary(options, now)
  const waits = createWaits(now)
  const budgets = createBudgets(now)
  let arrivals = 0

  const arrive = (actor: Actor): Visit => {
    const caller = actorName(actor)
    const number = ++arrivals
    secondary.enter(caller)
    let refusedBy: Wait | undefined
    let taken: { resource: Resource; amount: number } | undefined
    const refuse = (wait: Wait): Wait => {
      const again = wait.told !== undefined && number > wait.told
      hits.push({ at: now(), caller, kind: wait.kind, until: wait.until, again })
      refusedBy = wait
      return wait
    }
    const begin = (kind: LimitKind, until: number) => refuse(waits.begin(caller, kind, until))
    const look = (resource: Resource) => budgets.look(caller, resource, hourlyLimit(actor, resource, options))
    return {
      admit: (kind) => {
        const standing = waits.standing(caller, kind)
        if (standing) return refuse(standing)
        const over = secondary.broken(caller, kind)
        if (over) return begin(over.kind, over.until)
        secondary.count(caller, kind)
        return undefined
      },
      spend: (resource, amount) => {
        const { remaining, reset } = look(resource)
        if (remaining === 0) return begin(spent[resource], reset * 1000)
        budgets.take(caller, resource, amount)
        taken = { resource, amount }
        return undefined
      },
      refund: () => {
        if (taken) budgets.take(caller, taken.resource, -taken.amount)
      },
      impose: (milliseconds) => begin('imposed', now() + milliseconds),
      budget: (resource) => (look(resource).limit === Number.POSITIVE_INFINITY ? undefined : look(resource)),
      leave: () => {
        secondary.leave(caller)
        if (refusedBy) refusedBy.told ??= arrivals
      },
    }
  }
  return { hits, arrive }
}
