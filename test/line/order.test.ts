import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { isWebhookEvent } from '../../src/model/webhook-event.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import type { HeldDelivery } from '../../src/simulator/deliveries.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'
import { actual, changeAtRandom, recorded } from '../support/random-changes.ts'

let town: Guarded
let time: Clock
beforeEach(async () => {
  time = clockAhead()
  town = await guarded({ flavour: 'ghes' })
  for (let index = 0; index < 10; index++) town.org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await later(60_000)
})
afterEach(async () => {
  await town.close()
  jest.restoreAllMocks()
  expect(town.sim.judged).toEqual([])
})

async function later(milliseconds: number): Promise<void> {
  time.pass(milliseconds)
  await town.settle()
}

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)

/** Where the record stands: the newest version of everything on GitHub, and what its controls say. */
function standing() {
  const database = new BetterSqlite3(town.config.databaseFile, { readonly: true })
  try {
    const query = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[]
    return {
      unlike: query(`select r.node_id from resources r join versions v on v.resource_id = r.id and v.version = r.version
        where r.type = 'GitHub > Repository' and json(r.data) ->> 'nameWithOwner' <> json(v.data) ->> 'nameWithOwner'`),
      states: query(`select c.path, c.state, count(*) as count from controls c join resources r on r.id = c.resource_id
        where r.type = 'GitHub > Repository' and r.gone_at is null group by 1, 2`),
      parked: query(`select key, error from jobs where state = 'parked'`),
      known: new Set(query('select distinct event from deliveries').map(({ event }) => event)),
    }
  } finally {
    database.close()
  }
}

it.each([1, 2, 3])(
  'in any order, any number of times, by any hook or the log, events end in the same record (%i)',
  async (seed) => {
    const random = randomFrom(seed)
    const { sim, org } = town
    const other = sim.createOrganization({ login: 'elsewhere' })
    sim.holdDeliveries()
    changeAtRandom(org, other, random, 40)
    for (const repository of org.repositories.values()) if (random() < 0.5) repository.push()
    org.block('mallory')
    // Each goes by one hook, by both, or by none: then GitHub's log is where it is.
    const held: HeldDelivery[] = []
    for (const delivery of sim.held) {
      const copies = Math.floor(random() * 4)
      if (copies === 0) await lose(delivery)
      for (let copy = 0; copy < copies; copy++) held.push(delivery)
    }
    for (const delivery of shuffled(held, random)) {
      if (random() < 0.05) await town.settle()
      await delivery.send()
    }
    await later(6 * 60_000)
    await later(60_000)

    const [found, real] = [await recorded(town), actual(org)]
    expect([...found.keys()].sort()).toEqual([...real.keys()].sort())
    for (const [nodeId, data] of real) expect(found.get(nodeId)).toMatchObject(data)
    const { unlike, states, parked, known } = standing()
    expect(unlike).toEqual([])
    expect(parked).toEqual([])
    expect(states).toEqual([{ path: 'GitHub > Repository > CMDB', state: 'ok', count: real.size }])
    const told = resourceTypes.flatMap((type) => Object.keys(type.fromEvent).filter(isWebhookEvent))
    expect([...known].filter((event) => told.includes(event as never)).length).toBeGreaterThan(3)
  },
)

/** An attempt that reached nobody, as GitHub's log has it then. */
async function lose(delivery: HeldDelivery): Promise<void> {
  const host = 'guardpost.example'
  town.sim.addDns(host, 'http://127.0.0.1:1')
  await delivery.send()
  town.sim.addDns(host, town.address)
}
