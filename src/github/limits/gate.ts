import type { Clock } from '../../model/clock.ts'
import type { Purpose } from '../../model/github.ts'
import { type Allowance, allowance, type Heard } from './allowance.ts'
import type { Limits } from './limits.ts'
import type { RequestCost } from './request-cost.ts'

/** Leave to send one request. */
interface Pass {
  /** To be called once, when the request ended. Where a limit refused it: when to ask again, in milliseconds. */
  leave(heard: Heard | null): number | null
}

/** No leave for longer than a call waits by itself. */
export interface Hold {
  /** When to ask again, in milliseconds. */
  readonly until: number
  /** The end of a sentence that begins with the request. */
  readonly why: string
}

/** Where every request of one credential waits for its turn: live work first, then first come, first served. */
export interface Gate {
  enter(cost: RequestCost, kind: Purpose['kind']): Promise<Pass | Hold>
  /** How many wait now. */
  waiting(): number
  states: Allowance['states']
}

/** What gates share. */
export interface GateSurroundings {
  readonly limits: Limits
  readonly clock: Clock
  readonly sleep: (milliseconds: number) => Promise<void>
}

interface Waiting {
  readonly cost: RequestCost
  /** It waits no longer. */
  readonly deadline: number
  readonly settle: (outcome: Pass | Hold) => void
}

const kinds = ['live', 'background'] as const

/** `said` hears of every hold, and of every leave given. */
export function gate(
  { limits, clock, sleep }: GateSurroundings,
  said: {
    held(kind: Purpose['kind'], cost: RequestCost, hold: Hold): void
    let(kind: Purpose['kind'], cost: RequestCost): void
  },
): Gate {
  const allowed = allowance(limits)
  const queues: Record<Purpose['kind'], Waiting[]> = { live: [], background: [] }
  /** The next moment that none of those who were sent away was told. */
  const promised = { live: new Map<RequestCost, number>(), background: new Map<RequestCost, number>() }
  let wakesAt = Number.POSITIVE_INFINITY

  const pass = (cost: RequestCost, kind: Purpose['kind'], begunAt: number): Pass => {
    allowed.begin(cost, begunAt)
    said.let(kind, cost)
    return {
      leave(heard) {
        const until = allowed.end(cost, begunAt, heard, clock())
        serve()
        return until
      },
    }
  }
  /** Those who are sent away come back one after another. */
  const hold = (cost: RequestCost, kind: Purpose['kind'], at: number, why: string): Hold => {
    const until = Math.max(at, promised[kind].get(cost) ?? 0)
    promised[kind].set(cost, until + allowed.every(cost, kind, clock()))
    said.held(kind, cost, { until, why })
    return { until, why }
  }

  /** Lets in who may go, sends away who would wait too long, and comes back when that may change. */
  function serve(): void {
    const now = clock()
    let next = Number.POSITIVE_INFINITY
    for (const kind of kinds) {
      const closed = new Map<RequestCost, ReturnType<Allowance['opening']>>()
      queues[kind] = queues[kind].filter(({ cost, deadline, settle }) => {
        const { at, why } = closed.get(cost) ?? allowed.opening(cost, kind, now)
        const isKnown = at < Number.POSITIVE_INFINITY
        if (at <= now) settle(pass(cost, kind, now))
        else if (isKnown && at > deadline) settle(hold(cost, kind, at, why))
        else if (now >= deadline) settle(hold(cost, kind, Math.max(isKnown ? at : now, now + limits.patienceMs), why))
        else {
          closed.set(cost, { at, why })
          next = Math.min(next, at, deadline)
          return true
        }
        return false
      })
    }
    wakeAt(next)
  }

  function wakeAt(at: number): void {
    if (at >= wakesAt) return
    wakesAt = at
    void sleep(Math.max(0, at - clock())).then(() => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY
      serve()
    })
  }

  return {
    enter: (cost, kind) =>
      new Promise((settle) => {
        queues[kind].push({ cost, deadline: clock() + limits.patienceMs, settle })
        serve()
      }),
    waiting: () => queues.live.length + queues.background.length,
    states: allowed.states,
  }
}
