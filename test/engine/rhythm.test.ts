import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Means } from '../../src/engine/means.ts'
import { pollAfter } from '../../src/engine/rhythm.ts'
import { typesToDiscover } from '../../src/engine/what-to-discover.ts'
import { member } from '../../src/resources/member.ts'
import { repository } from '../../src/resources/repository.ts'
import { type Recorded, recorded } from './recorded.ts'

let town: Recorded
beforeEach(async () => {
  town = await recorded()
})
afterEach(() => town.close())

const hour = 3_600_000
const after = (type: Parameters<typeof pollAfter>[2], limit: number | null) => {
  const budgets = () => [{ connectionId: town.connection.id, resource: 'core', limit }]
  return pollAfter({ store: town.store, clients: { budgets } } as unknown as Means, town.connection, type)
}
const passed = (type: string, requests: number) =>
  town.store.discoveries.save({
    connectionId: town.connection.id,
    type,
    why: 'a test',
    startedAt: 1,
    endedAt: 2,
    completedAt: 2,
    count: 0,
    total: 0,
    next: null,
    requests,
    refusal: null,
  })

it('a type is read again on its rhythm, as long as all rhythms together keep to their share', async () => {
  await passed('GitHub > Member', 100)
  expect(await after(member as never, 5_000)).toBe(hour)
  expect(await after(repository as never, null)).toBe(6 * hour)
})

it('rhythms are stretched by one factor where they would take more than a tenth of what GitHub allows', async () => {
  // 400 and 3,600 ÷ 6 requests an hour are 1,000, of which 500 are allowed.
  await passed('GitHub > Member', 400)
  await passed('GitHub > Repository', 3_600)
  expect(await after(member as never, 5_000)).toBe(2 * hour)
  expect(await after(repository as never, 5_000)).toBe(12 * hour)
  expect(await after(member as never, 12_500)).toBe(hour)
})

it('what GitHub tells by the repository only is not read while no policy in force judges by it', async () => {
  const types = (await typesToDiscover(town.store, town.connection, 5_000)).map(({ type }) => type)
  expect(types).toContain('GitHub > Repository')
  expect(types).toContain('GitHub > Team')
  expect(types).not.toContain('GitHub > Repository Actions Policy')
})
