import type { Heard } from '../../../src/github/limits/allowance.ts'
import { type Gate, gate, type Hold } from '../../../src/github/limits/gate.ts'
import { defaultLimits, type Limits } from '../../../src/github/limits/limits.ts'
import { costOf, type RequestCost } from '../../../src/github/limits/request-cost.ts'
import { restFacts } from '../../../src/github/refusal-facts.ts'
import type { Purpose } from '../../../src/model/github.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

export const read = costOf({ method: 'GET', path: '/orgs/{org}' })
export const query = costOf({ method: 'POST', path: '/graphql', graph: 'query' })
export const write = costOf({ method: 'PATCH', path: '/repos/{owner}/{repo}' })
export const creation = costOf({ method: 'POST', path: '/repos/{owner}/{repo}/issues' })

/** One request as it was sent, in milliseconds. */
export interface Sent {
  readonly name: string
  readonly cost: RequestCost
  readonly begunAt: number
  readonly endedAt: number
}

export interface AtGate {
  readonly time: VirtualTime
  readonly gate: Gate
  /** In the order they went. */
  readonly sent: Sent[]
  readonly held: (Hold & { readonly name: string; readonly at: number })[]
  /** Milliseconds since the beginning. */
  since(moment: number): number
  ask(name: string, cost: RequestCost, options?: Asking): Promise<number | null>
}

interface Asking {
  readonly kind?: Purpose['kind']
  readonly takes?: number
  readonly heard?: Heard | null
}

const plenty = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '5000', 'x-ratelimit-reset': '0' }

export const answered = (headers: Heard['headers'] = plenty): Heard => ({ headers, facts: null })

/** What a refusal of this status and these words tells the gate. */
export const refusedWith = (status: number, message: string, headers: Heard['headers'] = {}): Heard => ({
  headers,
  facts: restFacts(status, headers, { message }, []),
})

/** A gate under a virtual clock, and a record of what went through it. */
export function atGate(limits: Partial<Limits> = {}): AtGate {
  const time = virtualTime()
  const begin = time.clock()
  const said = { held: () => {}, let: () => {} }
  const opened = gate({ limits: { ...defaultLimits, ...limits }, clock: time.clock, sleep: time.sleep }, said)
  const sent: Sent[] = []
  const held: AtGate['held'] = []
  return {
    time,
    gate: opened,
    sent,
    held,
    since: (moment) => moment - begin,
    async ask(name, cost, { kind = 'live', takes = 0, heard = answered() } = {}) {
      const pass = await opened.enter(cost, kind)
      if ('until' in pass) {
        held.push({ ...pass, name, at: time.clock() })
        return pass.until
      }
      const begunAt = time.clock()
      const place = sent.push({ name, cost, begunAt, endedAt: begunAt }) - 1
      if (takes > 0) await time.sleep(takes)
      sent[place] = { name, cost, begunAt, endedAt: time.clock() }
      return pass.leave(heard)
    },
  }
}
