import type { LimitOptions } from './options.ts'
import type { RequestKind } from './request-kind.ts'
import { createRolling } from './rolling.ts'
import type { LimitKind } from './waits.ts'

/** GitHub's secondary limits: what a caller does at the same time, in a minute, and in an hour. */
export interface Secondary {
  enter(caller: string): void
  leave(caller: string): void
  /** The limit that the request would break, and until when it should be waited then. */
  broken(caller: string, kind: RequestKind): { readonly kind: LimitKind; readonly until: number } | undefined
  count(caller: string, kind: RequestKind): void
}

const minute = 60_000
const hour = 60 * minute

export function createSecondary(options: LimitOptions, now: () => number): Secondary {
  const inFlight = new Map<string, number>()
  const points = {
    rest: createRolling(now, minute, options.restPointsPerMinute),
    graphql: createRolling(now, minute, options.graphPointsPerMinute),
  }
  const content = {
    minute: createRolling(now, minute, options.contentPerMinute),
    hour: createRolling(now, hour, options.contentPerHour),
  }
  const change = (caller: string, by: 1 | -1) => void inFlight.set(caller, (inFlight.get(caller) ?? 0) + by)
  return {
    enter: (caller) => change(caller, 1),
    leave: (caller) => change(caller, -1),
    broken: (caller, kind) => {
      const inAMinute = now() + minute
      if ((inFlight.get(caller) ?? 0) > options.concurrent) return { kind: 'concurrent', until: inAMinute }
      if (!points[kind.graphql ? 'graphql' : 'rest'].fits(caller, kind.points)) {
        return { kind: kind.graphql ? 'graphPointsPerMinute' : 'restPointsPerMinute', until: inAMinute }
      }
      if (!kind.content) return undefined
      if (!content.minute.fits(caller, 1)) return { kind: 'contentPerMinute', until: inAMinute }
      if (content.hour.fits(caller, 1)) return undefined
      return { kind: 'contentPerHour', until: Math.max(inAMinute, content.hour.nextRoom(caller)) }
    },
    count: (caller, kind) => {
      points[kind.graphql ? 'graphql' : 'rest'].add(caller, kind.points)
      if (!kind.content) return
      content.minute.add(caller, 1)
      content.hour.add(caller, 1)
    },
  }
}
