import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { because, type ReadPayload } from '../../src/engine/jobs.ts'
import { observe } from '../../src/engine/observe.ts'
import type { ResourceType } from '../../src/model/resource-type.ts'
import { repository } from '../../src/resources/repository.ts'
import { type Recorded, recorded, now as start } from './recorded.ts'

let town: Recorded
beforeEach(async () => {
  town = await recorded()
})
afterEach(() => town.close())

it('asks for what GitHub goes on hiding ever more seldom, and at once when something happens', async () => {
  const type = repository as unknown as ResourceType
  const hidden = { kind: 'prompt', nodeId: 'R_hidden' } as const
  const waits: number[] = []
  let cause: ReturnType<typeof because> = because('push')
  let at = start
  for (let read = 0; read < 9; read++) {
    await observe(town.store, town.connection, type, hidden, { source: 'read', at, cause })
    const [job] = await town.store.jobs.claim(Number.MAX_SAFE_INTEGER, 9)
    if (!job) throw new Error('It is not asked for again.')
    waits.push((job.runAt - at) / 1_000)
    at = job.runAt
    cause = job.payload as ReadPayload
    await town.store.jobs.done([job.id])
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600])

  await observe(town.store, town.connection, type, hidden, { source: 'event', at, cause: because('push') })
  const [job] = await town.store.jobs.claim(at, 9)
  await observe(town.store, town.connection, type, hidden, { source: 'read', at, cause: job?.payload as ReadPayload })
  expect((await town.store.jobs.nextDueAt()) ?? 0).toBe(at + 30_000)
})
