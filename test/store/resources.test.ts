import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { NewActivity } from '../../src/model/resource.ts'
import type { Store } from '../../src/model/store.ts'
import { newConnection, openTestStore, resourceWrite } from './test-store.ts'

let store: Store
let us: number
beforeEach(async () => {
  store = await openTestStore(':memory:')
  us = (await store.connections.save(newConnection(1), 10)).id
})
afterEach(() => store.close())

const changed = (summary: string): Omit<NewActivity, 'resourceId' | 'connectionId'> => ({
  kind: 'changed',
  actor: 'mona',
  summary,
  changes: [
    { field: 'visibility', before: undefined, after: 'private' },
    { field: 'topics', before: ['a'], after: null },
  ],
  source: 'event',
  deliveryId: 9,
  at: 400,
})

describe('write', () => {
  it('gives back what was written, now and later', async () => {
    const refusal = { code: 'hidden', reason: 'GitHub does not show it.' } as const
    const wanted = resourceWrite(us, 'R_1', { revision: 300, readAt: 350, refusal, goneAt: 390, goneReason: 'deleted' })
    const written = await store.resources.write(us, wanted, 450)
    expect(written).toEqual({ ...wanted.resource, id: 1, createdAt: 450 })
    expect(await store.resources.get(us, 1)).toEqual(written)
    expect(await store.resources.byNodeId(us, 'GitHub > Repository', 'R_1')).toEqual(written)
  })

  it('updates what it knows by its node id: the id and the time of its making stay', async () => {
    await store.resources.write(us, resourceWrite(us, 'R_1'), 450)
    const renamed = await store.resources.write(us, resourceWrite(us, 'R_1', { title: 'acme/new', version: 2 }), 460)
    expect(renamed).toMatchObject({ id: 1, createdAt: 450, title: 'acme/new' })
    expect(await store.resources.list(us)).toEqual([renamed])
  })

  it('keeps a version whenever it is new, and the activity with the resource’s id', async () => {
    const there = { title: 'acme/R_1', parentId: null, revision: null, goneAt: null, goneReason: null }
    const first = resourceWrite(us, 'R_1')
    await store.resources.write(us, { ...first, activity: changed('found') }, 450)
    await store.resources.write(us, resourceWrite(us, 'R_1', { lastSeen: { source: 'read', at: 455 } }), 455)
    const second = resourceWrite(us, 'R_1', { version: 2, data: { visibility: 'public' } })
    await store.resources.write(us, { ...second, activity: changed('made public') }, 460)
    expect(await store.resources.versions(us, 1)).toEqual([
      { ...there, version: 1, data: { visibility: 'private' }, at: 450 },
      { ...there, version: 2, data: { visibility: 'public' }, at: 460 },
    ])
    const { id } = await store.resources.write(us, resourceWrite(us, 'R_2'), 455)
    expect(await store.resources.changedAt(us, [1, id, 99])).toBe(460)
    expect(await store.resources.changedAt(us, [id])).toBe(455)
    expect(await store.resources.changedAt(us, [99])).toBeNull()
    expect(await store.activities.list(us)).toStrictEqual([
      { id: 2, connectionId: us, resourceId: 1, ...changed('made public') },
      { id: 1, connectionId: us, resourceId: 1, ...changed('found') },
    ])
  })

  it('keeps nothing where the activity cannot be kept', async () => {
    const activity = { ...changed('x'), summary: null as unknown as string }
    await expect(store.resources.write(us, { ...resourceWrite(us, 'R_1'), activity }, 450)).rejects.toThrow('NOT NULL')
    expect(await store.resources.list(us)).toEqual([])
  })
})

describe('list', () => {
  beforeEach(async () => {
    const org = await store.resources.write(
      us,
      resourceWrite(us, 'O', { type: 'GitHub > Organization', title: 'acme' }),
      1,
    )
    const repositories = { b: 'acme/b', a: 'acme/a', twin: 'acme/a', gone: 'acme/gone' }
    for (const [nodeId, title] of Object.entries(repositories)) {
      const goneAt = nodeId === 'gone' ? 400 : null
      await store.resources.write(us, resourceWrite(us, nodeId, { title, parentId: org.id, goneAt }), 1)
    }
  })
  const nodeIds = async (filter: Parameters<Store['resources']['list']>[1]) =>
    (await store.resources.list(us, filter)).map(({ nodeId }) => nodeId)

  it.each([
    ['all, by title and id', undefined, ['O', 'a', 'twin', 'b', 'gone']],
    ['of a type', { type: 'GitHub > Organization' }, ['O']],
    ['of a parent', { parentId: 1 }, ['a', 'twin', 'b', 'gone']],
    ['those that are there', { type: 'GitHub > Repository', gone: false }, ['a', 'twin', 'b']],
    ['those that are gone', { gone: true }, ['gone']],
    ['a page', { limit: 2 }, ['O', 'a']],
    ['the page after, also within one title', { after: { title: 'acme/a', id: 3 }, limit: 2 }, ['twin', 'b']],
  ])('%s', async (_, filter, expected) => {
    expect(await nodeIds(filter)).toEqual(expected)
  })
})

it('finds the live one of a title, the newest seen', async () => {
  for (const [nodeId, at] of Object.entries({ renamed: 100, now: 200, gone: 300 })) {
    const goneAt = nodeId === 'gone' ? 300 : null
    const lastSeen = { source: 'event', at } as const
    await store.resources.write(us, resourceWrite(us, nodeId, { title: 'acme/web', lastSeen, goneAt }), 1)
  }
  expect(await store.resources.byTitle(us, 'GitHub > Repository', 'acme/web')).toMatchObject({ nodeId: 'now' })
  expect(await store.resources.byTitle(us, 'GitHub > Repository', 'acme/none')).toBeNull()
})

it('tells which live resources of a type a complete pass did not see', async () => {
  for (const [nodeId, at] of Object.entries({ old: 399, seen: 400, gone: 100 })) {
    const lastSeen = { source: 'discovery', at } as const
    await store.resources.write(us, resourceWrite(us, nodeId, { lastSeen, goneAt: nodeId === 'gone' ? 200 : null }), 1)
  }
  const missed = await store.resources.notSeenSince(us, 'GitHub > Repository', 400)
  expect(missed.map(({ nodeId }) => nodeId)).toEqual(['old'])
  expect(await store.resources.notSeenSince(us, 'GitHub > Organization', 400)).toEqual([])
})

describe('activities', () => {
  it('are read newest first, page by page, of one resource or all', async () => {
    for (const nodeId of ['R_1', 'R_2']) await store.resources.write(us, resourceWrite(us, nodeId), 1)
    for (const resourceId of [1, 2, 1]) await store.activities.add({ ...changed('x'), connectionId: us, resourceId })
    const ids = async (filter: Parameters<Store['activities']['list']>[1]) =>
      (await store.activities.list(us, filter)).map(({ id }) => id)
    expect(await ids({ limit: 2 })).toEqual([3, 2])
    expect(await ids({ before: 2 })).toEqual([1])
    expect(await ids({ resourceId: 1 })).toEqual([3, 1])
  })
})
