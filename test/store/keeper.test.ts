import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import type { Store } from '../../src/model/store.ts'
import { createKeeper } from '../../src/store/keeper.ts'
import { newDelivery, openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let file: string
let store: Store
let other: BetterSqlite3.Database
beforeEach(async () => {
  file = join(folders.make(), 'g.db')
  store = await openTestStore(file)
  other = new BetterSqlite3(file)
})
afterEach(async () => {
  other.close()
  await store.close()
})

it('keeps what comes at once while others write, each answered when it is there', async () => {
  const bodies = Array.from({ length: 50 }, (_, n) => Buffer.from(`{"n":${n},"fill":"${'x'.repeat(n * 1_000)}"}`))
  const kept = bodies.map((body, n) => store.deliveries.accept(newDelivery(`g${n}`, { body })))
  const others = Array.from({ length: 20 }, () => store.redoable((tx) => tx.jobs.enqueue([])))
  expect(new Set(await Promise.all(kept))).toEqual(new Set(['new']))
  await Promise.all(others)
  while ((await store.deliveries.enter()) > 0);
  const all = await store.deliveries.some(bodies.map((_, n) => n + 1))
  expect(all.map(({ guid, body }) => [guid, Buffer.from(body)])).toEqual(bodies.map((body, n) => [`g${n}`, body]))
  expect(await store.deliveries.accept(newDelivery('g7'))).toBe('known')
})

it('keeps what is larger than its usual room, and what is empty', async () => {
  const large = Buffer.alloc(3 * 1024 * 1024, 'large')
  for (const [guid, body] of [
    ['a', large],
    ['b', Buffer.alloc(0)],
    ['c', Buffer.from('small')],
  ] as const)
    await store.deliveries.accept(newDelivery(guid, { body }))
  await store.deliveries.enter()
  const all = await store.deliveries.some([1, 2, 3])
  expect(all.map(({ body }) => Buffer.from(body))).toEqual([large, Buffer.alloc(0), Buffer.from('small')])
})

it('lets one bad delivery fail without the others, and says of each failure what SQLite said', async () => {
  other.exec(`create trigger picky before insert on arrivals when new.heads like '%bad%'
    begin select raise(abort, 'bad one'); end`)
  const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map((guid) => store.deliveries.accept(newDelivery(guid))))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { message: 'bad one', code: 'SQLITE_CONSTRAINT_TRIGGER' } })
  expect((await store.deliveries.list()).map(({ guid }) => guid)).toEqual(['c', 'a'])
})

it('tells of a thread that cannot start, and starts another one for the next', async () => {
  const delivery = newDelivery('g1')
  const keeper = createKeeper(join(folders.make(), 'none', 'g.db', 'g.db'))
  await expect(keeper.keep([delivery])).rejects.toThrow()
  await expect(keeper.keep([delivery])).rejects.toThrow()
  await keeper.close()
})
