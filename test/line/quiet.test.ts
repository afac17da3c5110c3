import { afterEach, expect, it } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import { controlJob } from '../../src/engine/jobs.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
afterEach(() => town.close())

it('writes nothing on GitHub in 100 runs of all controls with nothing changed', async () => {
  town = await guarded({ flavour: 'ghes' })
  for (let index = 0; index < 5; index++) town.org.createRepository({ name: `repo-${index}` })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  const { store, clock } = town.guardpost.means
  const [connection] = await store.connections.list()
  const controls = await store.controls.list(connection?.id ?? 0)
  expect(new Set(controls.map(({ path }) => path))).toEqual(
    new Set(controlTypes.filter(({ policy }) => policy.default({ kind: 'app' }) !== 'Skip').map(({ path }) => path)),
  )
  expect(controls.map(({ state }) => state)).toEqual(controls.map(() => 'ok'))
  const before = { writes: town.sim.writes.length, requests: town.sim.requests.length }

  for (let run = 0; run < 100; run++) {
    const jobs = controls.map(({ connectionId, path, resourceId }) =>
      controlJob(connectionId, { path, resourceId, why: `run ${run}`, fresh: true }, clock()),
    )
    await store.jobs.enqueue(jobs)
    await town.settle()
  }
  expect(town.sim.writes.slice(before.writes)).toEqual([])
  expect(town.sim.requests.length).toBeGreaterThan(before.requests + 100 * controls.length)
  const [last] = await store.controls.runs(connection?.id ?? 0, controls[0]?.id ?? 0, 1)
  expect(last?.cause).toBe('run 99')
  expect(town.sim.judged).toEqual([])
}, 60_000)
