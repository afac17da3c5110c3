import { afterEach, describe, expect, it } from '@jest/globals'
import { githubClients } from '../../src/github/clients.ts'
import type { Limits } from '../../src/github/limits/limits.ts'
import { background, type GitHub, live, Refusal } from '../../src/model/github.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts'
import { byToken } from './fixture.ts'
import { type VirtualTime, virtualTime } from './limits/virtual-time.ts'

let sim: Simulator
let time: VirtualTime
afterEach(() => {
  time.stop()
  return sim.close()
})

interface Town {
  readonly time: VirtualTime
  readonly clients: ReturnType<typeof githubClients>
}

/** A simulated github.com with an organization `acme`, and clients of it, under one virtual clock. */
async function town(atGitHub: SimulatorOptions['limits'], limits: Partial<Limits> = {}): Promise<Town> {
  let underWay = 0
  time = virtualTime(() => underWay > 0)
  sim = await startSimulator({ flavour: 'github.com', clock: time.clock, limits: atGitHub })
  const org = sim.createOrganization({ login: 'acme' })
  org.createRepository({ name: 'web' })
  const { value } = sim.createToken({ user: org.owner, kind: 'classic', scopes: ['repo', 'admin:org'] })
  const counted: typeof globalThis.fetch = async (...args) => {
    underWay++
    return globalThis.fetch(...args).finally(() => underWay--)
  }
  const silent = () => {}
  const clients = githubClients({
    apiUrl: sim.apiUrl,
    version: '1.2.3',
    app: null,
    token: async () => value,
    log: { debug: silent, info: silent, warn: silent },
    clock: time.clock,
    sleep: time.sleep,
    fetch: counted,
    limits,
  })
  return { time, clients }
}

/** As a job, which is put off until it is told to come again. Gives how often it was. */
async function insist(time: VirtualTime, call: () => Promise<unknown>): Promise<number> {
  for (let putOff = 0; ; putOff++) {
    try {
      await call()
      return putOff
    } catch (error) {
      if (!(error instanceof Refusal) || error.retryAt === null) throw error
      await time.sleep(error.retryAt - time.clock())
    }
  }
}

const reads = (github: GitHub, count: number) =>
  Array.from({ length: count }, (_, page) => () => github.get('GET /orgs/{org}/repos', { org: 'acme', page }))

/** Every other one creates content. */
const writes = (github: GitHub, count: number) =>
  Array.from({ length: count }, (_, index) => () => {
    const repository = { owner: 'acme', repo: 'web' }
    return index % 2 === 0
      ? github.write('POST /repos/{owner}/{repo}/issues', { ...repository, title: `Issue ${index}` })
      : github.write('PATCH /repos/{owner}/{repo}', { ...repository, description: `Write ${index}` })
  })

async function burst({ time, clients }: Town, readCount: number, writeCount: number) {
  const [discovery, enforcement] = await Promise.all([
    clients.forConnection(byToken, background('discovery')),
    clients.forConnection(byToken, live('enforcement')),
  ])
  if (!discovery || !enforcement) throw new Error('no client')
  const calls = [...reads(discovery, readCount), ...writes(enforcement, writeCount)]
  const began = time.clock()
  const done = Promise.all(calls.map((call) => insist(time, call)))
  await time.run()
  await done
  return { minutes: (time.clock() - began) / 60_000 }
}

const answered = () => sim.requests.filter(({ status }) => status < 300).length

/** Who was refused later than those who were under way together with the first one that the limit refused. */
function askedWhileToWait() {
  const { hits } = sim.limits
  return hits.filter(({ at, until }) => hits.some((first) => first.until === until && first.at < at))
}

/** How many waits GitHub imposed right after another one, with nothing gone through between them. */
function refusalsInARow(): number {
  const requests = sim.requests.map(({ status }, index) => ({ status, index }))
  const refused = requests.filter(({ status }) => status === 403 || status === 429)
  const waits = sim.limits.hits.map(({ until }, place) => ({ until, index: refused[place]?.index ?? 0 }))
  return waits.filter(({ until, index }, place) => {
    const before = waits[place - 1]
    if (!before || before.until === until) return false
    return !requests.slice(before.index, index).some(({ status }) => status < 300)
  }).length
}

describe('a burst of reads and writes', () => {
  it('meets no limit that it knows', async () => {
    const lowered = { restPointsPerMinute: 300 }
    const at = await town(
      { ...lowered, contentPerMinute: 20, concurrent: 10 },
      { ...lowered, creationsPerMinute: 20, concurrency: 10 },
    )
    const { minutes } = await burst(at, 600, 120)
    expect(sim.limits.hits).toEqual([])
    expect(answered()).toBe(720)
    // 1,200 points at 300 a minute, and 60 issues at 20 a minute.
    expect(minutes).toBeGreaterThan(2.5)
    expect(minutes).toBeLessThan(15)
  }, 60_000)

  it('meets limits that it does not know, and none twice in a row', async () => {
    const at = await town({ restPointsPerMinute: 300, contentPerMinute: 20 })
    await burst(at, 2000, 300)
    expect(answered()).toBe(2300)
    expect(sim.limits.hits.length).toBeGreaterThan(0)
    expect(askedWhileToWait()).toEqual([])
    expect(refusalsInARow()).toBe(0)
  }, 60_000)
})
