import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals'
import type { LogEntry } from '../../src/model/delivery-log.ts'
import type { Store } from '../../src/model/store.ts'
import { newConnection, newDelivery, openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let store: Store
beforeEach(async () => {
  store = await openTestStore(join(folders.make(), 'g.db'))
})
afterEach(() => store.close())

const entry = (githubId: number | bigint, more: Partial<LogEntry> = {}): LogEntry => ({
  githubId,
  guid: `g${githubId}`,
  deliveredAt: Number(githubId) * 1_000,
  status: 'OK',
  statusCode: 202,
  event: 'repository',
  action: 'edited',
  installationId: null,
  repositoryId: null,
  throttledAt: null,
  redelivery: false,
  ...more,
})

const ids = async (hookId: string, installationId: number | null = null) =>
  (await store.deliveryLog.newest(hookId, installationId, 100)).map(({ githubId }) => githubId)

it('keeps an attempt once per hook, and says how many were new', async () => {
  expect(await store.deliveryLog.keep('h1', [entry(1), entry(2)])).toBe(2)
  expect(await store.deliveryLog.keep('h1', [entry(2, { status: 'changed' }), entry(3)])).toBe(1)
  expect(await store.deliveryLog.keep('h1', [])).toBe(0)
  expect(await store.deliveryLog.keep('h2', [entry(1)])).toBe(1)
  expect(await ids('h1')).toEqual([3, 2, 1])
  const [, second] = await store.deliveryLog.newest('h1', null, 100)
  expect(second).toEqual({ ...entry(2), receivedAt: null, isReadBack: false })
})

it('keeps all 64 bits of an id, and apart two attempts that have the same', async () => {
  const rounded = 2n ** 60n + 1n
  const attempts = [entry(rounded, { guid: 'a', deliveredAt: 1 }), entry(rounded, { guid: 'b', deliveredAt: 2 })]
  expect(await store.deliveryLog.keep('h1', attempts)).toBe(2)
  const kept = await store.deliveryLog.newest('h1', null, 100)
  expect(kept.map(({ githubId, guid }) => [githubId, guid])).toEqual([
    [rounded, 'b'],
    [rounded, 'a'],
  ])
})

it('gives the newest first, of one installation only where one is named', async () => {
  await store.deliveryLog.keep('app', [
    entry(1, { installationId: 7 }),
    entry(2, { installationId: 8, redelivery: true }),
    entry(3, { installationId: 7, deliveredAt: 9_000, throttledAt: 8_000 }),
    entry(4, { installationId: null }),
  ])
  expect(await ids('app', 7)).toEqual([3, 1])
  expect(await ids('app', 8)).toEqual([2])
  expect(await ids('app')).toEqual([3, 4, 2, 1])
  expect(await store.deliveryLog.newest('app', 7, 1)).toEqual([
    {
      ...entry(3),
      installationId: 7,
      deliveredAt: 9_000,
      throttledAt: 8_000,
      receivedAt: null,
      isReadBack: false,
    },
  ])
  expect((await store.deliveryLog.newest('app', 8, 1))[0]?.redelivery).toBe(true)
})

it('tells when an event came here by that very hook; reading it back from the log is not coming', async () => {
  await store.deliveries.accept(newDelivery('g1', { hookId: 'h1', receivedAt: 1_500 }))
  await store.deliveries.accept(newDelivery('g2', { hookId: 'h2', receivedAt: 2_500 }))
  await store.deliveries.accept(newDelivery('g3', { hookId: 'h1', receivedAt: 3_500, source: 'log' }))
  await store.deliveryLog.keep('h1', [entry(1), entry(2), entry(3)])
  const came = await store.deliveryLog.newest('h1', null, 100)
  expect(came.map(({ guid, receivedAt }) => [guid, receivedAt])).toEqual([
    ['g3', null],
    ['g2', null],
    ['g1', 1_500],
  ])
})

it('tells what a connection heard last by a hook', async () => {
  const [first, second] = [
    await store.connections.save(newConnection(1), 10),
    await store.connections.save(newConnection(2), 10),
  ]
  expect(await store.deliveryLog.lastHeard(first.id, 'app')).toBeNull()
  await store.deliveries.accept(newDelivery('g1', { receivedAt: 100 }))
  await store.deliveries.accept(newDelivery('g2', { receivedAt: 300, event: 'push' }))
  await store.deliveries.accept(newDelivery('g3', { receivedAt: 200 }))
  await store.deliveries.accept(newDelivery('g4', { receivedAt: 400 }))
  await store.deliveries.accept(newDelivery('g5', { receivedAt: 500, source: 'log' }))
  while ((await store.deliveries.enter()) > 0);
  for (const id of [1, 2, 3, 5]) await store.deliveries.claimEvent(id, first.id)
  await store.deliveries.claimEvent(4, second.id)
  expect(await store.deliveryLog.lastHeard(first.id, 'app')).toEqual({ at: 300, event: 'push', guid: 'g2' })
  expect(await store.deliveryLog.lastHeard(second.id, 'app')).toEqual({ at: 400, event: 'repository', guid: 'g4' })
  expect(await store.deliveryLog.lastHeard(first.id, 'h1')).toBeNull()
})

it('remembers how far each log was read', async () => {
  expect(await store.deliveryLog.reading('app')).toBeNull()
  const first = { readAt: 5, watermark: null, wholeAt: null, rest: { cursor: 'v1_9', downTo: null }, refusal: null }
  await store.deliveryLog.setReading('app', first)
  expect(await store.deliveryLog.reading('app')).toEqual(first)
  const refusal = { code: 'refused', reason: 'GitHub said no.' } as const
  const second = { readAt: 6, watermark: 4, wholeAt: 3, rest: null, refusal }
  await store.deliveryLog.setReading('app', second)
  expect(await store.deliveryLog.reading('app')).toEqual(second)
  expect(await store.deliveryLog.reading('h1')).toBeNull()
})

it('prunes what is old, but for the newest ten of each installation', async () => {
  const twelve = Array.from({ length: 12 }, (_, index) => entry(index + 1, { installationId: 7 }))
  await store.deliveryLog.keep('app', [...twelve, entry(20, { installationId: 8, deliveredAt: 1 })])
  await store.deliveryLog.keep('h1', [entry(1)])
  await store.deliveryLog.prune('app', 12_000)
  expect(await ids('app', 7)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
  expect(await ids('app', 8)).toEqual([20])
  expect(await ids('h1')).toEqual([1])
})

it('prunes nothing that is young', async () => {
  const twelve = Array.from({ length: 12 }, (_, index) => entry(index + 1))
  await store.deliveryLog.keep('h1', twelve)
  await store.deliveryLog.prune('h1', 1_000)
  expect(await ids('h1')).toHaveLength(12)
})

it('forgets a hook with all that is known of it, and no other', async () => {
  await store.deliveryLog.keep('h1', [entry(1)])
  await store.deliveryLog.keep('h2', [entry(1)])
  const reading = { readAt: 5, watermark: 4, wholeAt: 3, rest: null, refusal: null }
  for (const hookId of ['h1', 'h2']) await store.deliveryLog.setReading(hookId, reading)
  await store.deliveryLog.forget('h1')
  expect(await ids('h1')).toEqual([])
  expect(await store.deliveryLog.reading('h1')).toBeNull()
  expect(await ids('h2')).toEqual([1])
  expect(await store.deliveryLog.reading('h2')).toEqual(reading)
})
