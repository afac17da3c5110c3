import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { prune } from '../../src/engine/prune.ts'
import type { Prunable, Retention } from '../../src/model/retention.ts'
import type { Store } from '../../src/model/store.ts'
import { newConnection, newDelivery, newRun, openTestStore, resourceWrite } from './test-store.ts'

let store: Store
let us: number
beforeEach(async () => {
  store = await openTestStore(':memory:')
  us = (await store.connections.save(newConnection(1), 10)).id
})
afterEach(() => store.close())

const everything = async (what: Prunable, before: number, limit = 100) => {
  let removed = 0
  for (let from: number | null = 0; from !== null; ) {
    const batch = await store.retention.prune(what, before, from, limit)
    removed += batch.removed
    from = batch.next
  }
  return removed
}

describe('what is too old', () => {
  it('of versions goes, but for how each resource was at the edge of the kept time', async () => {
    for (const [version, at] of [
      [1, 100],
      [2, 200],
      [3, 300],
      [4, 400],
    ] as const)
      await store.resources.write(us, resourceWrite(us, 'R_1', { version, data: { n: version } }), at)
    const silent = await store.resources.write(us, resourceWrite(us, 'R_2'), 50)
    expect(await everything('versions', 350)).toBe(2)
    const kept = await store.resources.versions(
      us,
      (await store.resources.byTitle(us, 'GitHub > Repository', 'acme/R_1'))?.id ?? 0,
    )
    expect(kept.map(({ version }) => version)).toEqual([3, 4])
    expect(await store.resources.asOf(us, 350)).toMatchObject([{ data: { n: 3 } }, { id: silent.id, at: 50 }])
    expect(await everything('versions', 9_999)).toBe(1)
    expect(await store.resources.asOf(us, 9_999)).toHaveLength(2)
  })

  it('of runs goes, but for each control’s last one by then, and its newest', async () => {
    const { id } = await store.resources.write(us, resourceWrite(us, 'R_1'), 1)
    const [busy, quiet] = [await store.controls.ensure(us, id, 'A', 1), await store.controls.ensure(us, id, 'B', 1)]
    for (const endedAt of [100, 200, 300, 400]) await store.controls.record(newRun(us, busy.id, { endedAt }))
    await store.controls.record(newRun(us, quiet.id, { endedAt: 10 }))
    expect(await everything('runs', 350)).toBe(2)
    expect((await store.controls.runs(us, busy.id, 9)).map(({ endedAt }) => endedAt)).toEqual([400, 300])
    expect(await everything('runs', 9_999)).toBe(1)
    expect((await store.controls.lastRun(us, busy.id))?.endedAt).toBe(400)
    expect((await store.controls.lastRun(us, quiet.id))?.endedAt).toBe(10)
  })

  it('of deliveries loses headers and body, unless it waits or is parked; a replay is still known', async () => {
    for (const [guid, receivedAt] of [
      ['a', 100],
      ['b', 200],
      ['c', 300],
      ['d', 400],
    ] as const)
      await store.deliveries.accept(newDelivery(guid, { receivedAt, body: Buffer.from('the same') }))
    await store.deliveries.finish(1, 'processed')
    await store.deliveries.finish(2, 'parked', 'odd')
    await store.deliveries.finish(4, 'processed')
    expect(await everything('deliveries', 350)).toBe(1)
    expect(await store.deliveries.get(1)).toBeNull()
    expect((await store.deliveries.list()).map(({ id }) => id)).toEqual([4, 3, 2, 1])
    expect(await store.deliveries.accept(newDelivery('a'))).toBe('known')
    expect((await store.deliveries.get(2))?.bodySeenBefore).toBe(true)
    expect(await store.deliveries.replay(1, 500)).toBe(false)
    expect(await store.deliveries.replay(2, 500)).toBe(true)
  })

  it('of activities goes', async () => {
    const { id } = await store.resources.write(us, resourceWrite(us, 'R_1'), 1)
    const line = { connectionId: us, resourceId: id, kind: 'found', actor: null, summary: 'x', changes: [] } as const
    for (const at of [100, 200, 300]) await store.activities.add({ ...line, source: 'read', deliveryId: null, at })
    expect(await everything('activities', 200)).toBe(1)
    expect((await store.activities.list(us)).map(({ at }) => at)).toEqual([300, 200])
  })

  it('goes in batches, past what is spared', async () => {
    for (let index = 0; index < 10; index++)
      await store.resources.write(us, resourceWrite(us, 'R_1', { version: index + 1 }), index * 10)
    await store.resources.write(us, resourceWrite(us, 'R_2'), 5)
    expect(await store.retention.prune('versions', 45, 0, 3)).toEqual({ removed: 3, next: 3 })
    expect(await store.retention.prune('versions', 45, 3, 3)).toEqual({ removed: 1, next: null })
    expect(await everything('versions', 45, 1)).toBe(0)
  })
})

describe('the job', () => {
  const silent = () => {}
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const keep: Retention = { deliveries: null, runs: null, versions: 100, activities: null }

  it('lets go of what is older than it shall be kept, and comes again in an hour', async () => {
    for (let version = 1; version <= 1_200; version++)
      await store.resources.write(us, resourceWrite(us, 'R_1', { version }), version)
    await prune({ store, clock: () => 1_200, keep, log })
    const kept = await store.resources.versions(us, 1)
    expect(kept.map(({ version }) => version)).toEqual(Array.from({ length: 101 }, (_, index) => 1_100 + index))
    expect(await store.jobs.list('queued', 9)).toMatchObject([{ kind: 'prune', runAt: 3_601_200 }])
  })

  it('keeps for ever what has no age', async () => {
    await store.resources.write(us, resourceWrite(us, 'R_1', { version: 1 }), 1)
    await store.resources.write(us, resourceWrite(us, 'R_1', { version: 2 }), 2)
    await prune({ store, clock: () => 9_999, keep: { ...keep, versions: null }, log })
    expect(await store.resources.versions(us, 1)).toHaveLength(2)
  })
})
