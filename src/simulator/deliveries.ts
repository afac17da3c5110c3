import { Agent } from 'node:http'
import { atMost } from './at-most.ts'
import { cannotConnect, type Message, type Outcome, post, requestHeaders, wireBody } from './deliver.ts'
import type { Hook } from './hook.ts'

/** One line of a hook's delivery log. Times in milliseconds, duration in seconds, as GitHub shows it. */
export interface Delivery extends Message {
  readonly id: number
  readonly deliveredAt: number
  readonly redelivery: boolean
  readonly duration: number
  readonly status: string
  readonly statusCode: number
  readonly url: string
  readonly request: { readonly headers: Readonly<Record<string, string>> }
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly payload: string }
}

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
}

type Reach = (url: string, headers: Record<string, string>, body: string) => Promise<Outcome>

/** The simulated internet: what a host's name leads to, and how to get there. */
function createInternet({ resolve, timeout }: Pick<DeliveriesOptions, 'resolve' | 'timeout'>) {
  const dns = new Map(Object.entries(resolve))
  const agent = new Agent({ keepAlive: true })
  const inTurn = atMost(20)
  const reach: Reach = async (url, headers, body) => {
    const { host, hostname, pathname, search } = new URL(url)
    const target = dns.get(host) ?? dns.get(hostname)
    if (!target) return cannotConnect
    return inTurn(() => post(target + pathname + search, headers, body, { agent, timeout }))
  }
  return { dns, agent, reach }
}

/** One attempt, written to the hook's log; returns the status code. */
async function attempt(
  { now, newId, headers: extra }: DeliveriesOptions,
  reach: Reach,
  hook: Hook,
  message: Message,
  redelivery: boolean,
): Promise<number> {
  const { url } = hook.config
  const body = wireBody(hook, message)
  const headers = { ...requestHeaders(hook, message, body), ...extra }
  const started = performance.now()
  const { status, statusCode, ...response } = await reach(url, headers, body)
  const duration = Math.round((performance.now() - started) / 10) / 100
  const entry = { id: newId(), deliveredAt: now(), redelivery, duration, status, statusCode, url }
  hook.log.push({ ...message, ...entry, request: { headers }, response })
  return statusCode
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { dns, agent, reach } = createInternet(options)
  const underWay = new Set<Promise<unknown>>()
  const held: (HeldDelivery & { sent: boolean })[] = []
  let holding = false

  const send = (hook: Hook, message: Message, redelivery: boolean): Promise<number> => {
    const sending = attempt(options, reach, hook, message, redelivery).finally(() => underWay.delete(sending))
    underWay.add(sending)
    return sending
  }
  const hold = (hook: Hook, message: Message, redelivery: boolean) => {
    const waiting = {
      ...message,
      hook,
      sent: false,
      send: () => {
        waiting.sent = true
        return send(hook, message, redelivery)
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
      else await send(hook, message, redelivery)
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
