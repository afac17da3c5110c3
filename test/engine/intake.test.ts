import { expect, it } from '@jest/globals'
import { createIntake } from '../../src/engine/intake.ts'

const limits = { queuedJobs: 10, freeBytes: 1_000, pending: 2 }

function intake(some: Partial<typeof limits> = {}) {
  const world = { now: 0, queued: 0, free: 5_000 as number | null, asked: 0 }
  const jobs = {
    counts: async () => {
      world.asked++
      return { queued: world.queued, running: 0, parked: 0 }
    },
  }
  const store = { jobs, freeBytes: async () => world.free }
  return { world, intake: createIntake(store as never, () => world.now, { ...limits, ...some }) }
}

it('lets in while there is room, and says what is wanting when there is none', async () => {
  const { world, intake: tried } = intake()
  expect(await tried.full()).toBeNull()
  world.now += 1_000
  world.queued = 10
  expect(await tried.full()).toBe('10 jobs are queued, and no more than 10 may be')
  world.now += 1_000
  world.queued = 9
  world.free = 999
  expect(await tried.full()).toBe('999 bytes are free on the disk, and 1000 must be')
  world.now += 1_000
  world.free = null
  expect(await tried.full()).toBeNull()
})

it('asks the store at most once a second', async () => {
  const { world, intake: tried } = intake()
  for (let n = 0; n < 100; n++) await tried.full()
  expect(world.asked).toBe(1)
  world.now += 999
  await tried.full()
  expect(world.asked).toBe(1)
  world.now += 1
  await tried.full()
  expect(world.asked).toBe(2)
})

it('counts the jobs the less often the more room there is for them', async () => {
  const { world, intake: tried } = intake({ queuedJobs: 100_000 })
  world.queued = 40_000
  const askedAfter = async (ms: number) => {
    world.now += ms
    await tried.full()
    return world.asked
  }
  expect([await askedAfter(0), await askedAfter(2_999), await askedAfter(1_000)]).toEqual([1, 1, 2])
  world.queued = 100_000
  world.now += 3_000
  expect(await tried.full()).toContain('100000 jobs are queued')
  world.now -= 5_000
  world.queued = 0
  expect(await tried.full()).toBeNull()
})

it('asks again after the store failed', async () => {
  const { world, intake: tried } = intake()
  const free = world.free
  Object.defineProperty(world, 'free', {
    get: () => {
      throw new Error('gone')
    },
    configurable: true,
  })
  await expect(tried.full()).rejects.toThrow('gone')
  Object.defineProperty(world, 'free', { value: free })
  expect(await tried.full()).toBeNull()
})

it('lets no more wait to be written than memory is meant for', async () => {
  const { intake: tried } = intake()
  const ends: (() => void)[] = []
  const writing = [1, 2].map(() => tried.admit(() => new Promise<void>((resolve) => ends.push(resolve))))
  expect(await tried.full()).toBe('2 deliveries wait to be written')
  ends[0]?.()
  await writing[0]
  expect(await tried.full()).toBeNull()
  ends[1]?.()
  await Promise.all(writing)
  await expect(tried.admit(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
  expect(await tried.full()).toBeNull()
})

it('tells of a crowd as soon as there is one, and a moment longer', async () => {
  const { world, intake: tried } = intake({ pending: 100 })
  const ends: (() => void)[] = []
  const come = (count: number) =>
    Array.from({ length: count }, () => tried.admit(() => new Promise<void>((resolve) => ends.push(resolve))))
  const writing = come(15)
  expect(tried.isCrowded()).toBe(false)
  writing.push(...come(1))
  expect(tried.isCrowded()).toBe(true)
  for (const end of ends) end()
  await Promise.all(writing)
  world.now += 49
  expect(tried.isCrowded()).toBe(true)
  world.now += 1
  expect(tried.isCrowded()).toBe(false)
})
