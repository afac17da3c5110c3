import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { discoverTypeJob } from '../../../src/engine/jobs.ts'
import type { Discovery } from '../../../src/model/discovery.ts'
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
  const { jobs, discoveries } = town.store
  const now = Date.now()
  expect(await discovery()).toBe(null)
  const pass: Discovery = {
    connectionId: town.acme.connection.id,
    type: 'GitHub > Repository',
    why: 'start',
    startedAt: now - 3_600_000,
    endedAt: null,
    completedAt: null,
    count: 36_000,
    total: 72_000,
    next: 'here',
    requests: 360,
    refusal: null,
  }
  await discoveries.save({ ...pass, total: null })
  expect(await discovery()).toMatchObject({ progress: { count: 36_000, total: null, secondsLeft: null } })
  await discoveries.save(pass)
  const said = { type: 'GitHub > Repository', count: 36_000, total: 72_000, perSecond: 10 }
  expect(await discovery()).toMatchObject({ progress: said, waitsUntil: null })
  expect((await discovery()).progress.secondsLeft).toBeGreaterThanOrEqual(3_600)
  await jobs.enqueue([discoverTypeJob(pass.connectionId, pass, 'start', now)])
  const [job] = await jobs.claim(now, 1)
  if (!job) throw new Error('There is no job.')
  await jobs.wait(job.id, now + 3_600_000, 'the limit is used up')
  expect(await discovery()).toMatchObject({ progress: said, waitsUntil: new Date(now + 3_600_000).toISOString() })
  await discoveries.save({ ...pass, endedAt: now, completedAt: now, next: null })
  expect(await discovery()).toBe(null)
})
