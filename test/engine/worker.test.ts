import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import type { Means } from '../../src/engine/means.ts'
import { perform } from '../../src/engine/perform.ts'
import { startWorker, type Worker } from '../../src/engine/worker.ts'
import { Refusal } from '../../src/model/github.ts'
import type { Store } from '../../src/model/store.ts'
import { newDelivery, newJob, openTestStore, testFolders } from '../store/test-store.ts'

const folders = testFolders()
let file: string
let store: Store
let now: number
let worker: Worker | null
let logged: { level: string; fields: object; message: string }[]
/** What GitHub does when it is asked for an installation. */
let github: () => Promise<unknown>

beforeEach(async () => {
  file = `${folders.make()}/guardpost.sqlite`
  store = await openTestStore(file)
  now = 1_000
  worker = null
  logged = []
  github = () => Promise.reject(new Error('It broke.'))
})
afterEach(async () => {
  await worker?.stop()
  await store.close()
  folders.removeAll()
})

const say = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message })
const means = (): Means =>
  ({
    store,
    clients: { forApp: () => ({ get: () => github() }) },
    clock: () => now,
    random: () => 0.5,
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    meter: { worked: () => {}, failed: () => {}, answered: () => {}, asked: () => {} },
  }) as unknown as Means
const asking = (key: string) =>
  newJob(key, { kind: 'connect', payload: { installationId: 7, why: 'a test' }, runAt: now })
const messages = (level: string) => logged.filter((line) => line.level === level).map(({ message }) => message)

/** Works until nothing is due for an hour. */
async function workOn(): Promise<number> {
  worker ??= startWorker(means())
  for (let tries = 0; ; tries++) {
    await worker.idle()
    const due = await store.jobs.nextDueAt()
    if (due === null || due > now + 3_600_000 || tries > 100) return tries
    now = due
  }
}

describe('a job that fails', () => {
  it('is tried again after a growing time, then left to a person; others go on', async () => {
    await store.jobs.enqueue([asking('bad')])
    const delays: number[] = []
    const enqueue = store.jobs.retry
    jest.spyOn(store.jobs, 'retry').mockImplementation(async (id, runAt, error) => {
      delays.push(runAt - now)
      return enqueue(id, runAt, error)
    })
    await workOn()
    expect(delays).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000, 600_000,
    ])
    expect(await store.jobs.parked()).toMatchObject([{ key: 'bad', attempts: 12, error: 'It broke.' }])
    expect(messages('error')).toEqual(['A job was parked: It broke.'])
    github = () => Promise.reject(new Refusal({ code: 'hidden', reason: 'Not there.' }, 404))
    await store.jobs.enqueue([asking('good')])
    await workOn()
    expect(await store.jobs.counts()).toEqual({ queued: 0, running: 0, parked: 1 })
  })

  it('is never parked while GitHub asks to wait, and says what for', async () => {
    const refuse = () => Promise.reject(new Refusal({ code: 'rate-limited', reason: 'Slow down.' }, 403, now + 900_000))
    github = refuse
    await store.jobs.enqueue([asking('limited')])
    worker = startWorker(means())
    for (let hour = 0; hour < 30; hour++) {
      await worker.idle()
      const due = await store.jobs.nextDueAt()
      expect(due).toBe(now + 900_000)
      now = due ?? now
    }
    expect(await store.jobs.list('queued', 9)).toMatchObject([{ key: 'limited', error: 'Slow down.', attempts: 0 }])
    expect(await store.jobs.waiting()).toEqual([{ connectionId: null, count: 1, next: now, until: now }])
    expect(await store.jobs.parked()).toEqual([])
  })

  it('is parked when GitHub refuses for good', async () => {
    github = () => Promise.reject(new Refusal({ code: 'bad-credentials', reason: 'Bad credentials' }, 401))
    await store.jobs.enqueue([asking('refused')])
    await workOn()
    expect(await store.jobs.parked()).toMatchObject([{ error: 'Bad credentials' }])
  })
})

describe('a poison delivery', () => {
  it('is parked with its job and keeps no other from being projected', async () => {
    for (let n = 1; n <= 50; n++)
      await store.deliveries.accept(newDelivery(`g${n}`, { body: Buffer.from('{"action":"created"}') }))
    const database = new BetterSqlite3(file)
    database.prepare("update bundles set body = x'00' where id in (7, 23)").run()
    database.close()
    await workOn()
    const statuses = (await store.deliveries.list()).toReversed().map(({ status }) => status)
    expect(statuses).toEqual(Array.from({ length: 50 }, (_, n) => ([7, 23].includes(n + 1) ? 'parked' : 'processed')))
    expect((await store.jobs.parked('project')).map(({ key }) => key)).toEqual(['project:7', 'project:23'])
    const [delivery] = await store.deliveries.list({ status: 'parked' })
    expect(delivery?.error).toMatch(/\w/)
  })
})

describe('replay', () => {
  it('has a parked job tried again as if it were new', async () => {
    await store.jobs.enqueue([asking('bad')])
    await workOn()
    const [{ id } = { id: 0 }] = await store.jobs.parked()
    github = () => Promise.reject(new Refusal({ code: 'hidden', reason: 'Not there.' }, 404))
    expect(await store.jobs.replay(id, now)).toBe(true)
    await workOn()
    expect(await store.jobs.counts()).toEqual({ queued: 0, running: 0, parked: 0 })
    expect(await store.jobs.replay(id, now)).toBe(false)
  })

  it('has a delivery projected again, parked or not', async () => {
    await store.deliveries.accept(newDelivery('g1'))
    await workOn()
    expect(await store.deliveries.replay(1, now)).toBe(true)
    expect(await store.deliveries.replay(1, now)).toBe(true)
    expect(await store.deliveries.get(1)).toMatchObject({ status: 'pending' })
    expect(await store.jobs.counts()).toMatchObject({ queued: 1 })
    await workOn()
    expect(await store.deliveries.get(1)).toMatchObject({ status: 'processed' })
    expect(await store.deliveries.replay(2, now)).toBe(false)
  })
})

describe('how a job ended', () => {
  it('is written as soon as the store can be written again', async () => {
    github = () => Promise.reject(new Refusal({ code: 'hidden', reason: 'Not there.' }, 404))
    await store.jobs.enqueue([asking('done')])
    const jobs = await store.jobs.claim(now, 1)
    jest.spyOn(store.jobs, 'done').mockRejectedValueOnce(new Error('disk full'))
    await perform(means(), jobs, new AbortController().signal)
    expect(await store.jobs.counts()).toEqual({ queued: 0, running: 0, parked: 0 })
    expect(messages('error')).toEqual(['How a job ended could not be written; trying again'])
  })

  it('is left to the next start where it cannot be written before the end', async () => {
    await store.jobs.enqueue([asking('lost')])
    const jobs = await store.jobs.claim(now, 1)
    jest.spyOn(store.jobs, 'retry').mockRejectedValue(new Error('disk full'))
    await perform(means(), jobs, AbortSignal.abort())
    expect(await store.jobs.counts()).toMatchObject({ running: 1 })
    expect(await store.jobs.recover()).toBe(1)
  })
})

describe('a read', () => {
  it('is done alone where the store gives no more to be done with it', async () => {
    const read = (nodeId: string) => newJob(nodeId, { kind: 'read', lock: 'all', payload: { nodeId }, runAt: now })
    await store.jobs.enqueue([read('one'), read('other')])
    const jobs = await store.jobs.claim(now, 1)
    jest.spyOn(store.jobs, 'claimAlike').mockRejectedValueOnce(new Error('database is locked'))
    await perform(means(), jobs, new AbortController().signal)
    expect(await store.jobs.list('queued', 9)).toMatchObject([{ key: 'other' }])
    expect(await store.jobs.counts()).toEqual({ queued: 1, running: 0, parked: 0 })
  })
})

describe('a stop', () => {
  it('lets what runs end and leaves the rest queued', async () => {
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      github = () => {
        resolve()
        return new Promise((_, reject) => {
          answer = () => reject(new Refusal({ code: 'hidden', reason: 'Not there.' }, 404))
        })
      }
    })
    await store.jobs.enqueue([
      { ...asking('first'), lock: 'one' },
      { ...asking('second'), lock: 'one' },
    ])
    worker = startWorker(means())
    await asked
    const stopped = worker.stop()
    answer()
    await stopped
    expect(await store.jobs.list('queued', 9)).toMatchObject([{ key: 'second', attempts: 0 }])
    expect(await store.jobs.counts()).toEqual({ queued: 1, running: 0, parked: 0 })
  })
})

describe('while deliveries come in crowds', () => {
  it('events wait, but for a few every second; other work goes on', async () => {
    for (let n = 1; n <= 40; n++) await store.deliveries.accept(newDelivery(`g${n}`))
    while ((await store.deliveries.enter()) > 0);
    github = () => Promise.reject(new Refusal({ code: 'hidden', reason: 'Not there.' }, 404))
    await store.jobs.enqueue([asking('other')])
    const pending = async () => (await store.deliveries.list({ status: 'pending' })).length

    worker = startWorker(means(), () => true)
    while ((await store.jobs.counts()).queued > 40) await new Promise(setImmediate)
    expect(await pending()).toBe(40)
    now += 1_000
    worker.wake()
    while ((await pending()) === 40) await new Promise(setImmediate)
    await worker.stop()
    expect(await pending()).toBe(8)
    worker = startWorker(means())
    await worker.idle()
    expect(await pending()).toBe(0)
  })
})
