import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { type Kysely, sql } from 'kysely'
import { migrate } from '../../src/store/migrate.ts'
import { relaxed } from '../../src/store/relaxed.ts'
import { sealerWith } from '../../src/store/sealed.ts'
import { connect } from '../../src/store/sqlite.ts'
import { storeOn } from '../../src/store/store.ts'
import type { Database } from '../../src/store/tables.ts'
import { newDelivery, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
let db: Kysely<Database>
beforeEach(async () => {
  db = connect(`${folders.make()}/g.db`)
  await migrate(db)
})
afterEach(async () => {
  await db.destroy()
  folders.removeAll()
})

const [normal, full] = [1, 2]
const level = async (on: Kysely<Database> = db) =>
  (await sql<{ synchronous: number }>`pragma synchronous`.execute(on)).rows[0]?.synchronous

it('waits for the disk again afterwards, whatever came of the work', async () => {
  expect(await relaxed(db, level)).toBe(normal)
  expect(await level()).toBe(full)
  await expect(relaxed(db, () => Promise.reject(new Error('It broke.')))).rejects.toThrow('It broke.')
  expect(await level()).toBe(full)
})

it('is nobody else’s business: what is asked for meanwhile waits for the disk', async () => {
  const others: Promise<number | undefined>[] = []
  await relaxed(db, async () => {
    others.push(level())
  })
  expect(await Promise.all(others)).toEqual([full])
})

it('changes nothing within a transaction that waits for the disk', async () => {
  await db.transaction().execute(async (tx) => {
    expect(await relaxed(tx, level)).toBe(full)
  })
})

it('undoes all of the work that fails', async () => {
  const store = storeOn(db, sealerWith(secretKey), () => 1_000)
  await expect(
    store.redoable(async (tx) => {
      await tx.deliveries.accept(newDelivery('g1'))
      throw new Error('It broke.')
    }),
  ).rejects.toThrow('It broke.')
  expect(await store.deliveries.list()).toEqual([])
  await store.redoable((tx) => tx.deliveries.accept(newDelivery('g1')))
  expect(await store.deliveries.list()).toMatchObject([{ guid: 'g1' }])
  expect(await level()).toBe(full)
})
