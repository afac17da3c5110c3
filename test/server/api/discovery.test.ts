import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type DiscoverPayload, discoverJob } from '../../../src/engine/jobs.ts'
import { everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
beforeAll(async () => {
  town = await twoOrganizations()
})
afterAll(() => town.close())

const discovery = async () => {
  const answer = await town.ask(everywhere('ReadOnly'), `/connections/${town.acme.connection.id}`)
  return JSON.parse(await answer.text()).discovery
}

it('a connection tells how far its discovery has come, and nothing where none runs', async () => {
  const { jobs } = town.store
  const now = Date.now()
  await jobs.enqueue([discoverJob(town.acme.connection.id, 'start', now)])
  expect(await discovery()).toBe(null)
  const [job] = await jobs.claim(now, 1)
  if (!job) throw new Error('There is no job.')
  expect(await discovery()).toEqual({ progress: null, waitsUntil: null })
  const progress = {
    type: 'GitHub > Repository',
    startedAt: now - 3_600_000,
    from: 'here',
    count: 36_000,
    total: 72_000,
  }
  await jobs.note(job.id, { why: 'start', progress } satisfies DiscoverPayload)
  const said = { type: 'GitHub > Repository', count: 36_000, total: 72_000, perSecond: 10 }
  expect(await discovery()).toMatchObject({ progress: said, waitsUntil: null })
  expect((await discovery()).progress.secondsLeft).toBeGreaterThanOrEqual(3_600)
  await jobs.wait(job.id, now + 3_600_000, 'the limit is used up')
  expect(await discovery()).toMatchObject({ progress: said, waitsUntil: new Date(now + 3_600_000).toISOString() })
  await jobs.drop(town.acme.connection.id)
  expect(await discovery()).toBe(null)
})
