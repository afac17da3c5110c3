import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import type { Store } from '../../src/model/store.ts'
import { newConnection, newDelivery, newJob, openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let store: Store
beforeEach(async () => {
  store = await openTestStore(join(folders.make(), 'g.db'))
})
afterEach(() => store.close())

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('transaction', () => {
  it('keeps all of the work and gives its result', async () => {
    const result = await store.transaction(async (inside) => {
      await inside.connections.save(newConnection(1), 10)
      await inside.jobs.enqueue([newJob('a')])
      return 'done'
    })
    expect(result).toBe('done')
    expect(await store.connections.list()).toHaveLength(1)
    expect(await store.jobs.counts()).toMatchObject({ queued: 1 })
  })

  it('keeps nothing of work that throws', async () => {
    const work = store.transaction(async (inside) => {
      await inside.connections.save(newConnection(1), 10)
      await inside.jobs.enqueue([newJob('a')])
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await store.connections.list()).toEqual([])
    expect(await store.jobs.counts()).toMatchObject({ queued: 0 })
  })

  it('is joined by a transaction inside', async () => {
    const work = store.transaction(async (outer) => {
      await outer.transaction((inner) => inner.connections.save(newConnection(1), 10))
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await store.connections.list()).toEqual([])
  })

  it('holds apart what others write and read while it is open, deliveries included', async () => {
    const written = gate()
    const others = gate()
    const work = store.transaction(async (inside) => {
      await inside.connections.save(newConnection(1), 10)
      written.open()
      await others.opened
      throw new Error('rolled back')
    })
    await written.opened
    const order: string[] = []
    const asked = [
      store.connections.save(newConnection(2), 10).then(() => order.push('write')),
      store.connections.list().then((list) => order.push(`read ${list.map(({ login }) => login)}`)),
      store.deliveries.accept(newDelivery('g1')).then((answer) => order.push(`accept ${answer}`)),
      store.jobs.enqueue([newJob('a')]).then(() => order.push('enqueue')),
    ]
    // Long enough for all of them to have come to the store.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(order).toEqual([])
    others.open()
    await expect(work).rejects.toThrow('rolled back')
    await Promise.all(asked)
    expect(order.toSorted()).toEqual(['accept new', 'enqueue', 'read org-2', 'write'])
    expect((await store.connections.list()).map(({ login }) => login)).toEqual(['org-2'])
    expect(await store.deliveries.has('app', 'g1')).toBe(true)
    expect(await store.jobs.counts()).toMatchObject({ queued: 2 })
  })

  it('is finished before the store closes', async () => {
    const file = join(folders.make(), 'g.db')
    const other = await openTestStore(file)
    const others = gate()
    const work = other.transaction(async (inside) => {
      await others.opened
      await inside.connections.save(newConnection(1), 10)
    })
    const closed = other.close()
    others.open()
    await Promise.all([work, closed])
    const again = await openTestStore(file)
    expect(await again.connections.list()).toHaveLength(1)
    await again.close()
  })

  it('holds the write lock from its start: begun without it, a write after a read fails at once', async () => {
    const file = join(folders.make(), 'g.db')
    const one = await openTestStore(file)
    const other = new BetterSqlite3(file, { timeout: 0 })
    await one.transaction(async (inside) => {
      await inside.connections.list()
      expect(() => other.exec("update connections set login = 'x'")).toThrow('database is locked')
      await inside.connections.save(newConnection(1), 10)
    })
    expect(other.prepare('select login from connections').pluck().all()).toEqual(['org-1'])
    other.close()
    await one.close()
  })
})
