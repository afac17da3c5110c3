import { afterEach, expect, it } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'
import { actual, changeAtRandom, recorded } from '../support/random-changes.ts'

let town: Guarded
afterEach(() => town.close())

it('has the CMDB equal GitHub after 1,000 changes, delivered shuffled, five times each, over both hooks', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { sim, org } = town
  const other = sim.createOrganization({ login: 'elsewhere' })
  for (let index = 0; index < 40; index++) org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

  const random = randomFrom(20_261_122)
  sim.holdDeliveries()
  changeAtRandom(org, other, random, 1_000)
  const deliveries = sim.held.flatMap((delivery) => Array.from({ length: 5 }, () => delivery))
  expect(deliveries.length).toBeGreaterThan(7_000)
  for (let index = deliveries.length - 1; index > 0; index--) {
    const at = Math.floor(random() * (index + 1))
    const [a, b] = [deliveries[index], deliveries[at]]
    if (a && b) [deliveries[index], deliveries[at]] = [b, a]
  }
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let next = deliveries.pop(); next; next = deliveries.pop()) {
        const status = await next.send()
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  )
  await town.settle()

  expect([...statuses.keys()].sort()).toEqual([200, 202])
  const [known, real] = [await recorded(town), actual(town.org)]
  expect([...known.keys()].sort()).toEqual([...real.keys()].sort())
  for (const [nodeId, data] of real) expect(known.get(nodeId)).toMatchObject(data)
  expect(await town.guardpost.means.store.jobs.counts()).toMatchObject({ parked: 0 })
  expect(sim.judged).toEqual([])
}, 60_000)
