import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Job } from '../../src/model/job.ts'
import type { Store } from '../../src/model/store.ts'
import { newConnection, newJob, openTestStore } from './test-store.ts'

let store: Store
beforeEach(async () => {
  store = await openTestStore(':memory:')
})
afterEach(() => store.close())

const keys = (jobs: readonly Job[]) => jobs.map(({ key }) => key)
const first = async (): Promise<Job> => {
  const [job] = await store.jobs.claim(1_000, 1)
  if (!job) throw new Error('no job was due')
  return job
}

describe('enqueue', () => {
  it('keeps one queued job of a key, at the earlier time, with the newest payload', async () => {
    await store.jobs.enqueue([newJob('a', { runAt: 200, payload: 1 })])
    await store.jobs.enqueue([newJob('a', { runAt: 300, payload: 2 }), newJob('a', { runAt: 150, payload: 3 })])
    await store.jobs.enqueue([newJob('a', { runAt: 400, payload: 4 })])
    expect(await store.jobs.claim(1_000, 10)).toMatchObject([{ key: 'a', runAt: 150, payload: 4 }])
  })

  it('makes a new job beside a running one of the same key', async () => {
    await store.jobs.enqueue([newJob('a')])
    const running = await first()
    await store.jobs.enqueue([newJob('a')])
    expect(await store.jobs.counts()).toEqual({ queued: 1, running: 1, parked: 0 })
    expect(await store.jobs.claim(1_000, 10)).toEqual([])
    await store.jobs.done([running.id])
    expect(keys(await store.jobs.claim(1_000, 10))).toEqual(['a'])
  })

  it('takes many at once', async () => {
    await store.jobs.enqueue(Array.from({ length: 1_201 }, (_, n) => newJob(`k${n}`)))
    expect(await store.jobs.counts()).toMatchObject({ queued: 1_201 })
  })
})

describe('claim', () => {
  it('starts what is due, oldest first, no more than asked', async () => {
    const runAt = { late: 900, b: 200, a: 100, c: 200, future: 1_001 }
    await store.jobs.enqueue(Object.entries(runAt).map(([key, runAt]) => newJob(key, { runAt })))
    expect(keys(await store.jobs.claim(1_000, 3))).toEqual(['a', 'b', 'c'])
    expect(keys(await store.jobs.claim(1_000, 3))).toEqual(['late'])
    expect(await store.jobs.nextDueAt()).toBe(1_001)
  })

  it('starts one of a lock, also past a long row of the same lock', async () => {
    const alike = Array.from({ length: 50 }, (_, n) => newJob(`a${n}`, { lock: 'one' }))
    await store.jobs.enqueue([...alike, newJob('b', { runAt: 101 }), newJob('c', { runAt: 102, lock: 'b' })])
    expect(keys(await store.jobs.claim(1_000, 4))).toEqual(['a0', 'b'])
    expect(await store.jobs.claim(1_000, 4)).toEqual([])
  })

  it('starts more of a running lock for claimAlike, of the same kind and connection only', async () => {
    const { id } = await store.connections.save(newConnection(1), 10)
    const ours = { lock: 'one', connectionId: id }
    await store.jobs.enqueue([
      newJob('a', ours),
      newJob('d', { ...ours, runAt: 500 }),
      newJob('b', { ...ours, runAt: 200 }),
      newJob('c', { ...ours, runAt: 300 }),
      newJob('future', { ...ours, runAt: 1_001 }),
      newJob('otherKind', { ...ours, kind: 'control' }),
      newJob('nobody', { ...ours, connectionId: null }),
      newJob('otherLock', { connectionId: id }),
    ])
    const job = await first()
    expect(keys(await store.jobs.claimAlike(job, 1_000, 2))).toEqual(['b', 'c'])
    expect(keys(await store.jobs.claimAlike(job, 1_000, 9))).toEqual(['d'])
  })

  it('finds jobs alike that are no connection’s', async () => {
    await store.jobs.enqueue([newJob('a', { lock: 'one' }), newJob('b', { lock: 'one' })])
    expect(keys(await store.jobs.claimAlike(await first(), 1_000, 9))).toEqual(['b'])
  })
})

describe('claimProjections', () => {
  it('starts due projections alone, oldest first, and leaves them to nobody else', async () => {
    const kind = 'project'
    await store.jobs.enqueue([
      newJob('late', { kind, runAt: 900 }),
      newJob('read'),
      newJob('early', { kind, runAt: 90 }),
      newJob('future', { kind, runAt: 1_001 }),
      newJob('next', { kind, runAt: 950 }),
    ])
    expect(await store.jobs.nextDueAt()).toBe(90)
    expect(keys(await store.jobs.claim(1_000, 9))).toEqual(['read'])
    expect(keys(await store.jobs.claimProjections(1_000, 2))).toEqual(['early', 'late'])
    expect(keys(await store.jobs.claimProjections(1_000, 2))).toEqual(['next'])
    expect(await store.jobs.claimProjections(1_000, 2)).toEqual([])
    expect(await store.jobs.nextDueAt()).toBe(1_001)
  })
})

describe('the end of a job', () => {
  it('done: it is gone', async () => {
    await store.jobs.enqueue([newJob('a'), newJob('b')])
    await store.jobs.done((await store.jobs.claim(1_000, 2)).map(({ id }) => id))
    expect(await store.jobs.counts()).toEqual({ queued: 0, running: 0, parked: 0 })
    expect(await store.jobs.nextDueAt()).toBeNull()
  })

  it('retry: it is due later and counts its attempts', async () => {
    await store.jobs.enqueue([newJob('a')])
    const job = await first()
    expect(job.attempts).toBe(0)
    await store.jobs.retry(job.id, 700, 'timeout')
    expect(await store.jobs.claim(699, 1)).toEqual([])
    expect(await store.jobs.claim(700, 1)).toEqual([{ ...job, runAt: 700, attempts: 1 }])
  })

  it('retry of a job that was asked for again: one goes on, with the attempts and the newest payload', async () => {
    await store.jobs.enqueue([newJob('a', { payload: 'old' })])
    const job = await first()
    await store.jobs.enqueue([newJob('a', { payload: 'new', runAt: 900 })])
    await store.jobs.retry(job.id, 700, 'timeout')
    expect(await store.jobs.counts()).toEqual({ queued: 1, running: 0, parked: 0 })
    expect(await first()).toMatchObject({ key: 'a', payload: 'new', runAt: 700, attempts: 1 })
  })

  it('park: it is kept for a person', async () => {
    await store.jobs.enqueue([newJob('a'), newJob('b', { kind: 'report' })])
    for (const { id, key } of await store.jobs.claim(1_000, 2)) await store.jobs.park(id, `${key} is broken`)
    expect(await store.jobs.parked('report')).toMatchObject([{ key: 'b', error: 'b is broken' }])
    expect(keys(await store.jobs.parked())).toEqual(['a', 'b'])
    expect(await store.jobs.claim(1_000, 2)).toEqual([])
  })
})

describe('recover', () => {
  it('makes running jobs due again, those of one key as one', async () => {
    await store.jobs.enqueue([newJob('a'), newJob('b', { payload: 'old' }), newJob('c', { payload: 1 })])
    const [, , c] = await store.jobs.claim(1_000, 3)
    if (!c) throw new Error('c was due')
    await store.jobs.enqueue([newJob('b', { payload: 'new' }), newJob('c', { payload: 2 })])
    await store.jobs.claimAlike(c, 1_000, 1)
    expect(await store.jobs.counts()).toEqual({ queued: 1, running: 4, parked: 0 })
    expect(await store.jobs.recover()).toBe(2)
    expect(await store.jobs.claim(1_000, 9)).toMatchObject([
      { key: 'a', attempts: 1 },
      { key: 'b', payload: 'new', attempts: 0 },
      { key: 'c', payload: 2, attempts: 1 },
    ])
  })
})
