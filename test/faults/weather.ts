import type { ApiFault } from '../../src/simulator/faults/api-fault.ts'
import type { DeliveryFault } from '../../src/simulator/faults/delivery-fault.ts'
import type { FaultSwitch } from '../../src/simulator/faults/plans.ts'
import { isWrite, type SeenRequest } from '../../src/simulator/http/seen-request.ts'
import type { FaultyWorld } from './faulty-world.ts'

/** What goes wrong on GitHub's side for a while. */
export interface Weather {
  /** How often each kind struck. */
  struck(): Record<string, number>
  clear(): void
}

const deliveryFaults: readonly DeliveryFault[] = [
  { kind: 'drop' },
  { kind: 'drop', log: 'timed out' },
  { kind: 'drop', log: 'OK' },
  { kind: 'drop', log: 'nothing' },
  { kind: 'delay', ms: 300 },
  { kind: 'duplicate', copies: 3 },
  { kind: 'reorder', behind: 5 },
  { kind: 'cut' },
]
const throttle: DeliveryFault = { kind: 'throttle', ms: 400 }

const apiFaults: readonly ApiFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504 },
  { kind: 'html' },
  { kind: 'html', status: 200 },
  { kind: 'empty' },
  { kind: 'cut' },
  { kind: 'slow', ms: 200 },
  { kind: 'noData' },
  { kind: 'partial' },
]
const tooMany: ApiFault = { kind: 'tooMany', seconds: 1 }

const nameOf = (fault: ApiFault | DeliveryFault): string =>
  [fault.kind, 'status' in fault ? fault.status : null, 'log' in fault ? fault.log : null].filter(Boolean).join(' ')

const isGraph = ({ path }: SeenRequest): boolean => path === '/graphql'

/** A few kinds of faults at once, each by chance. GitHub holds deliveries back only where that is asked for. */
export function brew({ sim }: FaultyWorld, random: () => number, { throttles }: { throttles: boolean }): Weather {
  const some = <T>(items: readonly T[], count: number): T[] => items.toSorted(() => random() - 0.5).slice(0, count)
  const on: { name: string; switched: FaultSwitch }[] = []
  for (const fault of [...some(deliveryFaults, 4), ...(throttles ? [throttle] : [])]) {
    const probability = fault === throttle ? 0.01 : random() * 0.1
    on.push({ name: `delivery ${nameOf(fault)}`, switched: sim.faults.deliveries({ fault, probability }) })
  }
  for (const fault of some(apiFaults, 4)) {
    on.push({
      name: `query ${nameOf(fault)}`,
      switched: sim.faults.api({ fault, when: isGraph, probability: random() * 0.25 }),
    })
    // A look at a connection takes many calls, and each of them has to go well.
    if (fault.kind !== 'partial' && fault.kind !== 'noData')
      on.push({ name: `api ${nameOf(fault)}`, switched: sim.faults.api({ fault, probability: random() * 0.04 }) })
  }
  // Guardpost writes seldom: what it writes is struck more often.
  for (const fault of some(apiFaults, 4))
    on.push({
      name: `write ${nameOf(fault)}`,
      switched: sim.faults.api({ fault, when: isWrite, probability: random() * 0.2 }),
    })
  on.push({
    name: `api ${nameOf(tooMany)}`,
    switched: sim.faults.api({ fault: tooMany, probability: 0.01, times: 1 }),
  })
  return {
    struck: () => Object.fromEntries(on.map(({ name, switched }) => [name, switched.struck])),
    clear: () => {
      for (const { switched } of on) switched.off()
    },
  }
}
