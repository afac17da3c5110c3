import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Kysely, Migrator, sql } from 'kysely'
import type { Store } from '../../src/model/store.ts'
import { bodiesOf } from '../../src/store/bundles.ts'
import { enterDeliveries } from '../../src/store/enter-deliveries.ts'
import { keepDeliveries } from '../../src/store/keep-deliveries.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { sealerWith } from '../../src/store/sealed.ts'
import { connect } from '../../src/store/sqlite.ts'
import { storeOn } from '../../src/store/store.ts'
import type { Database } from '../../src/store/tables.ts'
import { waitingDeliveries } from '../../src/store/waiting-deliveries.ts'
import { newConnection, newDelivery, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let db: Kysely<Database>
let store: Store
beforeEach(async () => {
  db = connect(join(folders.make(), 'g.db'))
  await migrate(db)
  store = storeOn(db, sealerWith(secretKey), () => 1_000)
})
afterEach(() => store.close())

const kept = (guid: string, body: string, more: object = {}) => newDelivery(guid, { body: Buffer.from(body), ...more })
const keep = async (...deliveries: ReturnType<typeof kept>[]) => {
  await keepDeliveries(db, waitingDeliveries())(deliveries)
  await enterDeliveries(db, 1_000)
}
const bodies = async (...ids: number[]) =>
  [...(await bodiesOf(db, ids))].map(([id, body]) => [id, Buffer.from(body).toString()])
const frames = async () =>
  (await db.selectFrom('bundles').selectAll().orderBy('id').execute()).map(({ id, lastId, body }) => [
    id,
    lastId,
    zstdDecompressSync(body).toString(),
  ])

describe('what is kept together', () => {
  it('is one frame, without what was known; what was read back has its own, and is replaced when it arrives', async () => {
    await keep(kept('a', '{a}'))
    await keep(kept('log', '{ log }', { source: 'log' }), kept('b', '{bb}'), kept('a', '{again}'), kept('c', '{ccc}'))
    expect(await frames()).toEqual([
      [1, 1, '{a}'],
      [2, 3, '{bb}{ccc}'],
      [4, 4, '{ log }'],
    ])
    expect(await bodies(1, 3, 4, 99)).toEqual([
      [1, '{a}'],
      [3, '{ccc}'],
      [4, '{ log }'],
    ])
    await keep(kept('log', '{log}'), kept('d', '{d}'))
    expect(await bodies(4, 5, 6)).toEqual([
      [4, '{log}'],
      [6, '{d}'],
    ])
  })

  it('is not so much that much is unpacked for one', async () => {
    const large = 'x'.repeat(300_000)
    await keep(kept('a', large), kept('b', large), kept('c', 'small'))
    expect((await frames()).map(([id, last]) => [id, last])).toEqual([
      [1, 1],
      [2, 3],
    ])
  })
})

describe('of a connection that is removed', () => {
  it('nothing stays in the frames of others', async () => {
    const [us, them] = [
      await store.connections.save(newConnection(1), 1),
      await store.connections.save(newConnection(2), 1),
    ]
    const unclaimed = `{"installation":{"id":${us.installationId}}}`
    await keep(kept('a', '{ours}'), kept('b', '{theirs}'), kept('c', unclaimed), kept('d', 'no JSON'))
    await keep(kept('e', '{ours too}'))
    for (const [id, connection] of [
      [1, us],
      [2, them],
      [5, us],
    ] as const)
      await store.deliveries.claimEvent(id, connection.id)
    await store.deliveries.finish(3, 'processed')
    await store.deliveries.finish(4, 'processed')
    while ((await store.records.deleteSome(us, 1)) > 0);
    expect(await store.records.deleteUnclaimed(us.installationId ?? 0, 0)).toBeNull()
    expect(await frames()).toEqual([[1, 4, '{theirs}no JSON']])
    expect(await bodies(2, 4)).toEqual([
      [2, '{theirs}'],
      [4, 'no JSON'],
    ])
    await store.deliveries.drop(2)
    await store.deliveries.drop(4)
    expect(await frames()).toEqual([])
  })

  it('goes although a frame cannot be unpacked', async () => {
    const us = await store.connections.save(newConnection(1), 1)
    await keep(kept('a', '{ours}'))
    await store.deliveries.claimEvent(1, us.id)
    await sql`update bundles set body = x'00'`.execute(db)
    while ((await store.records.deleteSome(us, 9)) > 0);
    expect(await db.selectFrom('bundles').selectAll().execute()).toEqual([])
  })
})

it('bodies of an older Guardpost stay', async () => {
  const old = connect(join(folders.make(), 'old.db'))
  const provider = { getMigrations: async () => ({ ...migrations }) }
  await new Migrator({ db: old, provider }).migrateTo('0010-recovery')
  for (const id of [3, 4]) {
    await sql`insert into deliveries (id, hook_id, guid, event, headers, body_hash, received_at, source, status)
      values (${id}, 'app', ${`g${id}`}, 'push', '{}', x'00', ${id * 100}, 'webhook', 'processed')`.execute(old)
    await sql`insert into payloads values (${id}, ${zstdCompressSync(Buffer.from(`{body ${id}}`))})`.execute(old)
  }
  await migrate(old)
  const now = storeOn(old, sealerWith(secretKey), () => 1_000)
  const found = await now.deliveries.some([3, 4])
  expect(found.map(({ id, body }) => [id, Buffer.from(body).toString()])).toEqual([
    [3, '{body 3}'],
    [4, '{body 4}'],
  ])
  expect(await now.retention.prune('deliveries', 350, 0, 10)).toEqual({ removed: 1, next: null })
  expect(await now.deliveries.get(3)).toBeNull()
  await now.close()
})
