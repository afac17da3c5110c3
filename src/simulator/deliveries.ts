import { Agent } from 'node:http'
import { atMost } from './at-most.ts'
import { cannotConnect, type Message, type Outcome, post, requestHeaders, timedOut, wireBody } from './deliver.ts'
import { enter } from './delivery-log.ts'
import type { FaultSource } from './faults/faults.ts'
import { createReordering } from './faults/reordering.ts'
import type { Hook } from './hook.ts'
import type { Pauses } from './pauses.ts'

/** A delivery that waits for a test to send it: in any order, as often as wanted, always under its GUID. */
export interface HeldDelivery extends Message {
  readonly hook: Hook
  /** Sends it now and returns the status code of the answer. */
  send(): Promise<number>
}

export interface Deliveries {
  readonly held: HeldDelivery[]
  /** Sends, or holds; resolves when the attempt is over, at once when it is held. */
  send(hook: Hook, message: Message, redelivery?: boolean): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  hold(): void
  /** Sends what is held and was not sent yet, and holds no more. */
  release(): void
  addDns(host: string, target: string): void
  close(): Promise<void>
}

export interface DeliveriesOptions {
  readonly now: () => number
  readonly newId: () => number
  /** Host name → address that serves it. */
  readonly resolve: Readonly<Record<string, string>>
  /** Milliseconds a receiver has for its answer: 10 s on github.com, 30 s on GHES. */
  readonly timeout: number
  /** Sent with every delivery, by a GitHub Enterprise Server. */
  readonly headers: Readonly<Record<string, string>>
  /** Of how many deliveries of a hook the log keeps what was sent and answered. */
  readonly keepPayloads: number
  readonly faults: FaultSource
  readonly pauses: Pauses
}

type Reach = (url: string, headers: Record<string, string>, body: string, cut: boolean) => Promise<Outcome>

/** The simulated internet: what a host's name leads to, and how to get there. */
function createInternet({ resolve, timeout }: Pick<DeliveriesOptions, 'resolve' | 'timeout'>) {
  const dns = new Map(Object.entries(resolve))
  const agent = new Agent({ keepAlive: true })
  const inTurn = atMost(20)
  const reach: Reach = async (url, headers, body, cut) => {
    const { host, hostname, pathname, search } = new URL(url)
    const target = dns.get(host) ?? dns.get(hostname)
    if (!target) return cannotConnect
    return inTurn(() => post(target + pathname + search, headers, body, { agent, timeout, cut }))
  }
  return { dns, agent, reach }
}

/** How an attempt differs from an ordinary one. */
interface Manner {
  /** What the log says of an attempt that is not made. */
  readonly instead?: Outcome
  /** The answer is not heard. */
  readonly cut?: boolean
  readonly throttledAt?: number | null
}

type Attempt = (hook: Hook, message: Message, redelivery: boolean, manner?: Manner) => Promise<number>

/** One attempt, written to the hook's log; returns the status code. */
const attempting =
  ({ now, newId, headers: extra, keepPayloads }: DeliveriesOptions, reach: Reach): Attempt =>
  async (hook, message, redelivery, { instead, cut = false, throttledAt = null }: Manner = {}) => {
    const { url } = hook.config
    const body = wireBody(hook, message)
    const headers = { ...requestHeaders(hook, message, body), ...extra }
    const started = performance.now()
    const { status, statusCode, ...response } = instead ?? (await reach(url, headers, body, cut))
    const duration = Math.round((performance.now() - started) / 10) / 100
    const entry = { id: newId(), deliveredAt: now(), throttledAt, redelivery, duration, status, statusCode, url }
    enter(hook.log, { ...message, ...entry, request: { headers }, response }, keepPayloads)
    return statusCode
  }

/** What the log says of a delivery that never arrived. */
const said = {
  'failed to connect': cannotConnect,
  'timed out': timedOut,
  OK: { status: 'OK', statusCode: 200, headers: {}, payload: '' },
} as const

/** An attempt as a fault has it, when one strikes. */
function faulty({ now, faults, pauses }: DeliveriesOptions, attempt: Attempt) {
  const reordering = createReordering(pauses)
  return async (hook: Hook, message: Message, redelivery: boolean): Promise<unknown> => {
    const fault = faults.deliveries.strike({ ...message, hook, redelivery })
    const go = (manner?: Manner) => attempt(hook, message, redelivery, manner)
    if (fault?.kind === 'reorder') return reordering.behind(fault.behind ?? 1, fault.withinMs ?? 200).then(() => go())
    reordering.overtake()
    switch (fault?.kind) {
      case 'drop': {
        const { log = 'failed to connect' } = fault
        return log === 'nothing' ? undefined : go({ instead: said[log] })
      }
      case 'delay':
        return pauses.pause(fault.ms).then(() => go())
      case 'duplicate':
        return Promise.all(Array.from({ length: fault.copies ?? 2 }, () => go()))
      case 'throttle': {
        const throttledAt = now()
        return pauses.pause(fault.ms).then(() => go({ throttledAt }))
      }
      default:
        return go({ cut: fault?.kind === 'cut' })
    }
  }
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { dns, agent, reach } = createInternet(options)
  const attempt = attempting(options, reach)
  const attemptOrFault = faulty(options, attempt)
  const underWay = new Set<Promise<unknown>>()
  const held: (HeldDelivery & { sent: boolean })[] = []
  let holding = false

  const watch = <T>(sending: Promise<T>): Promise<T> => {
    const watched = sending.finally(() => underWay.delete(watched))
    underWay.add(watched)
    return watched
  }
  const hold = (hook: Hook, message: Message, redelivery: boolean) => {
    const waiting = {
      ...message,
      hook,
      sent: false,
      send: () => {
        waiting.sent = true
        return watch(attempt(hook, message, redelivery))
      },
    }
    held.push(waiting)
  }
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  return {
    held,
    send: async (hook, message, redelivery = false) => {
      if (holding) hold(hook, message, redelivery)
      else await watch(attemptOrFault(hook, message, redelivery))
    },
    idle,
    hold: () => {
      holding = true
    },
    release: () => {
      holding = false
      for (const waiting of held.splice(0)) if (!waiting.sent) void waiting.send()
    },
    addDns: (host, target) => {
      dns.set(host, target)
    },
    close: async () => {
      agent.destroy()
      await idle()
    },
  }
}
