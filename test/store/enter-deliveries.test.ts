import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Kysely, sql } from 'kysely'
import type { Store } from '../../src/model/store.ts'
import { connect } from '../../src/store/sqlite.ts'
import type { Database } from '../../src/store/tables.ts'
import { newDelivery, openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let file: string
let store: Store
let other: Kysely<Database>
beforeEach(async () => {
  file = join(folders.make(), 'g.db')
  store = await openTestStore(file)
  other = connect(file)
})
afterEach(async () => {
  await other.destroy()
  await store.close()
})

const accept = (guid: string, more: object = {}, to = store) => to.deliveries.accept(newDelivery(guid, more))
const waiting = async () => (await other.selectFrom('arrivals').select('size').execute()).map(({ size }) => size)
const entered = async () =>
  (await other.selectFrom('deliveries').select(['guid', 'source']).orderBy('id').execute()).map(
    ({ guid, source }) => `${guid} by ${source}`,
  )
const bodies = async () => (await other.selectFrom('bundles').select('pieces').orderBy('id').execute()).length

describe('what was kept and is not entered yet', () => {
  it('is counted among what is to be done, and due', async () => {
    await accept('g1', { receivedAt: 700 })
    await accept('g2')
    expect(await entered()).toEqual([])
    expect(await store.jobs.counts()).toEqual({ queued: 2, running: 0, parked: 0 })
    expect(await store.jobs.census()).toEqual([{ kind: 'project', state: 'queued', count: 2 }])
    expect(await store.jobs.nextDueAt()).toBe(700)
    expect(await store.jobs.claimProjections(1_000, 10)).toEqual([])
    expect(await store.deliveries.enter()).toBe(2)
    expect(await store.deliveries.enter()).toBe(0)
    expect(await entered()).toEqual(['g1 by webhook', 'g2 by webhook'])
    expect(await store.jobs.counts()).toEqual({ queued: 2, running: 0, parked: 0 })
    expect(await store.jobs.claimProjections(1_000, 10)).toHaveLength(2)
  })

  it('is known when it comes again, also to the next process', async () => {
    expect(await accept('g1')).toBe('new')
    expect(await accept('g1')).toBe('known')
    await store.close()
    store = await openTestStore(file)
    expect(await accept('g1')).toBe('known')
    expect(await waiting()).toEqual([1])
    expect(await store.deliveries.enter()).toBe(1)
    expect(await accept('g1')).toBe('known')
    expect(await waiting()).toEqual([])
    // Dropped, it is as if it had never come.
    await store.deliveries.drop(1)
    expect(await accept('g1')).toBe('new')
  })

  it('is entered before anybody is told what came', async () => {
    await accept('g1')
    expect(await store.deliveries.has('app', 'g1')).toBe(true)
    await accept('g2')
    expect((await store.deliveries.list()).map(({ guid }) => guid)).toEqual(['g2', 'g1'])
    await accept('g3', { source: 'log' })
    expect(await store.deliveryLog.countWaiting('app')).toBe(1)
    expect(await waiting()).toEqual([])
  })

  it('is entered once, though two processes kept it', async () => {
    const neighbour = await openTestStore(file)
    await accept('g0')
    await accept('n0', {}, neighbour)
    expect([await accept('g1'), await accept('g1', {}, neighbour)]).toEqual(['new', 'new'])
    expect(await store.deliveries.enter()).toBe(4)
    expect(await entered()).toEqual(['g0 by webhook', 'n0 by webhook', 'g1 by webhook'])
    expect(await bodies()).toBe(3)
    expect((await store.deliveries.some([1, 2, 3, 4])).map(({ id }) => id)).toEqual([1, 2, 3])
    await neighbour.close()
  })

  it('counts as it was signed where it was read back before', async () => {
    await accept('g1', { source: 'log', body: Buffer.from('{ "read": "back" }') })
    expect(await accept('g1', { body: Buffer.from('{"signed":1}'), receivedAt: 900 })).toBe('known')
    expect(await accept('g1', { source: 'log' })).toBe('known')
    expect(await store.deliveries.enter()).toBe(2)
    expect(await entered()).toEqual(['g1 by webhook'])
    expect(await store.deliveries.get(1)).toMatchObject({ body: Buffer.from('{"signed":1}'), receivedAt: 900 })
    expect(await bodies()).toBe(1)
  })

  it('is kept whatever its age', async () => {
    await accept('g1')
    expect(await store.retention.prune('deliveries', 9_999, 0, 10)).toEqual({ removed: 0, next: null })
    expect(await store.deliveries.enter()).toBe(1)
    expect(await store.deliveries.get(1)).toMatchObject({ guid: 'g1' })
  })

  it('is entered although its body cannot be unpacked, so that its projection says so', async () => {
    await accept('g1')
    await sql`update bundles set body = x'00'`.execute(other)
    expect(await store.deliveries.enter()).toBe(1)
    expect(await entered()).toEqual(['g1 by webhook'])
    await expect(store.deliveries.get(1)).rejects.toThrow()
  })
})
