import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Kysely, sql } from 'kysely'
import type { Store } from '../../src/model/store.ts'
import { keepDeliveries } from '../../src/store/keep-deliveries.ts'
import { migrate } from '../../src/store/migrate.ts'
import { sealerWith } from '../../src/store/sealed.ts'
import { connect } from '../../src/store/sqlite.ts'
import { storeOn } from '../../src/store/store.ts'
import type { Database } from '../../src/store/tables.ts'
import { waitingDeliveries } from '../../src/store/waiting-deliveries.ts'
import { commitsInWal } from './commits-in-wal.ts'
import { newConnection, newDelivery, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let file: string
let db: Kysely<Database>
let store: Store
beforeEach(async () => {
  file = join(folders.make(), 'g.db')
  db = connect(file)
  await migrate(db)
  store = storeOn(db, sealerWith(secretKey), () => 1_000)
})
afterEach(() => store.close())

describe('accept', () => {
  it('keeps the delivery as it came, with a job to project it', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d])
    expect(await store.deliveries.accept(newDelivery('g1', { body }))).toBe('new')
    const [job] = await store.jobs.claimProjections(500, 10)
    expect(job).toEqual({
      id: 1,
      kind: 'project',
      connectionId: null,
      key: 'project:1',
      lock: 'project:1',
      payload: { deliveryId: 1 },
      runAt: 500,
      attempts: 0,
    })
    const kept = await store.deliveries.get(1)
    expect(kept).toEqual({
      ...newDelivery('g1'),
      body,
      id: 1,
      connectionId: null,
      status: 'pending',
      error: null,
      bodySeenBefore: false,
    })
  })

  it('counts what was read in GitHub’s log as arrived once it comes by the hook, and never the other way round', async () => {
    await store.deliveries.accept(newDelivery('g1', { source: 'log', receivedAt: 500, body: Buffer.from('{"a":1}') }))
    expect(await store.deliveries.has('app', 'g1')).toBe(false)
    const signed = newDelivery('g1', {
      receivedAt: 900,
      body: Buffer.from('{ "a": 1 }'),
      headers: { 'user-agent': 'x' },
    })
    expect(await store.deliveries.accept(signed)).toBe('known')
    expect(await store.deliveries.get(1)).toMatchObject(signed)
    expect(await store.deliveries.has('app', 'g1')).toBe(true)
    expect(await store.deliveries.accept(newDelivery('g1', { source: 'log' }))).toBe('known')
    expect(await store.deliveries.get(1)).toMatchObject({ source: 'webhook', receivedAt: 900 })
    expect(await store.jobs.counts()).toMatchObject({ queued: 1 })
  })

  it('knows a GUID of the same hook, in another commit or in the same', async () => {
    expect(await store.deliveries.accept(newDelivery('g1'))).toBe('new')
    const answers = ['g1', 'g2', 'g2', 'g1', 'g3'].map((guid) => store.deliveries.accept(newDelivery(guid)))
    const sorted = (await Promise.all(answers)).toSorted()
    expect(sorted).toEqual(['known', 'known', 'known', 'new', 'new'])
    expect(await store.jobs.counts()).toEqual({ queued: 3, running: 0, parked: 0 })
  })

  it('keeps the first of two equal ones in one commit', async () => {
    const kept = newDelivery('g1', { body: Buffer.from('first') })
    const keep = keepDeliveries(db, waitingDeliveries())
    expect(await keep([kept, { ...kept, body: Buffer.from('second') }])).toEqual(['new', 'known'])
    expect(await store.deliveries.enter()).toBe(1)
    expect((await store.deliveries.get(1))?.body).toEqual(Buffer.from('first'))
  })

  it('takes the same GUID through another hook as a delivery of its own', async () => {
    expect(await store.deliveries.accept(newDelivery('g1'))).toBe('new')
    expect(await store.deliveries.accept(newDelivery('g1', { hookId: 'h1' }))).toBe('new')
  })

  it('tells a body that the same hook brought before under another GUID', async () => {
    const body = Buffer.from('{"zen":"Keep it logically awesome."}')
    await store.deliveries.accept(newDelivery('g1', { body }))
    await store.deliveries.accept(newDelivery('g2', { body }))
    await store.deliveries.accept(newDelivery('g1', { body, hookId: 'h1' }))
    const seen = await Promise.all([1, 2, 3].map((id) => store.deliveries.get(id)))
    expect(seen.map((delivery) => delivery?.bodySeenBefore)).toEqual([false, true, false])
  })

  it('shares commits among those who ask at the same time', async () => {
    const before = commitsInWal(file)
    await store.deliveries.accept(newDelivery('alone'))
    expect(commitsInWal(file) - before).toBe(1)
    await Promise.all(Array.from({ length: 60 }, (_, n) => store.deliveries.accept(newDelivery(`g${n}`))))
    expect(await store.jobs.counts()).toMatchObject({ queued: 61 })
    expect(commitsInWal(file) - before).toBeLessThan(40)
  })

  it('rejects all and keeps nothing while the store cannot write, and works again after', async () => {
    await sql`pragma query_only = on`.execute(db)
    const failed = await Promise.allSettled([1, 2, 3].map((n) => store.deliveries.accept(newDelivery(`g${n}`))))
    for (const { status } of failed) expect(status).toBe('rejected')
    await sql`pragma query_only = off`.execute(db)
    expect(await store.deliveries.get(1)).toBeNull()
    expect(await store.jobs.counts()).toEqual({ queued: 0, running: 0, parked: 0 })
    expect(await store.deliveries.accept(newDelivery('g1'))).toBe('new')
  })

  it('keeps no delivery whose job cannot be kept', async () => {
    await sql`create trigger no_jobs before insert on jobs begin select raise(abort, 'no jobs today'); end`.execute(db)
    await expect(store.deliveries.accept(newDelivery('g1'))).rejects.toThrow('no jobs today')
    expect(await store.deliveries.get(1)).toBeNull()
    expect(await store.deliveries.has('app', 'g1')).toBe(false)
  })

  it('lets one bad delivery fail without the others', async () => {
    await sql`create trigger picky before insert on deliveries when new.guid = 'bad'
      begin select raise(abort, 'bad one'); end`.execute(db)
    const guids = Array.from({ length: 30 }, (_, n) => (n === 11 ? 'bad' : `g${n}`))
    const outcomes = await Promise.allSettled(guids.map((guid) => store.deliveries.accept(newDelivery(guid))))
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([11])
    expect(outcomes[11]).toMatchObject({ reason: { message: 'bad one' } })
    expect(await store.jobs.counts()).toMatchObject({ queued: 29 })
  })

  it('belongs to the transaction it is called in', async () => {
    const work = store.transaction(async (inside) => {
      expect(await inside.deliveries.accept(newDelivery('g1'))).toBe('new')
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await store.deliveries.accept(newDelivery('g1'))).toBe('new')
  })

  it('is finished before the store closes', async () => {
    const accepted = store.deliveries.accept(newDelivery('g1'))
    await accepted
    const late = store.deliveries.accept(newDelivery('g2'))
    // The second is still under way; what is not kept must not be answered as kept.
    await store.close()
    const [outcome] = await Promise.allSettled([late])
    db = connect(file)
    store = storeOn(db, sealerWith(secretKey), () => 1_000)
    expect(await store.deliveries.has('app', 'g1')).toBe(true)
    expect(await store.deliveries.has('app', 'g2')).toBe(outcome?.status === 'fulfilled')
  })
})

describe('what becomes of a delivery', () => {
  it('is one event per connection, however many hooks bring it and however often its job runs', async () => {
    const first = await store.connections.save(newConnection(1), 10)
    const second = await store.connections.save(newConnection(2), 10)
    for (const hookId of ['app', 'h1', 'h2']) await store.deliveries.accept(newDelivery('g1', { hookId }))
    expect(await store.deliveries.claimEvent(1, first.id)).toBe(true)
    expect(await store.deliveries.claimEvent(2, first.id)).toBe(false)
    expect(await store.deliveries.claimEvent(1, first.id)).toBe(true)
    expect(await store.deliveries.claimEvent(3, second.id)).toBe(true)
    expect(await store.deliveries.get(2)).toMatchObject({ connectionId: first.id })
  })

  it('cannot be another connection’s than it was', async () => {
    const first = await store.connections.save(newConnection(1), 10)
    const second = await store.connections.save(newConnection(2), 10)
    await store.deliveries.accept(newDelivery('g1'))
    await store.deliveries.claimEvent(1, first.id)
    await expect(store.deliveries.claimEvent(1, second.id)).rejects.toThrow('no delivery 1 that connection 2 may claim')
    expect(await store.deliveries.get(1)).toMatchObject({ connectionId: first.id })
  })

  it('is kept with its error', async () => {
    await store.deliveries.accept(newDelivery('g1'))
    await store.deliveries.finish(1, 'parked', 'not JSON')
    expect(await store.deliveries.get(1)).toMatchObject({ status: 'parked', error: 'not JSON' })
  })

  it('counts as brought by its hook only with a signature', async () => {
    await store.deliveries.accept(newDelivery('g1'))
    await store.deliveries.accept(newDelivery('g2', { source: 'log' }))
    expect(await store.deliveries.has('app', 'g1')).toBe(true)
    expect(await store.deliveries.has('h1', 'g1')).toBe(false)
    expect(await store.deliveries.has('app', 'g2')).toBe(false)
  })
})
