import { afterEach, expect, it, jest } from '@jest/globals'
import { sweepJob, wholly } from '../../src/engine/jobs.ts'
import { resourceWrite } from '../store/test-store.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const path = 'GitHub > Repository > CMDB'
let town: Guarded
afterEach(() => town.close())

it('a delivery that comes amid a sweep is answered and kept before the sweep goes on', async () => {
  town = await guarded()
  town.install()
  await town.settle()
  const { store, clock } = town.guardpost.means
  const root = await store.resources.byTitle(1, 'GitHub > Organization', 'acme')
  await store.redoable(async (tx) => {
    for (let n = 0; n < 1_200; n++)
      await tx.resources.write(1, resourceWrite(1, `R_${n}`, { parentId: root?.id ?? 0, readAt: clock() }), clock())
  })
  const judged = async () => (await store.controls.list(1, { path })).length
  const before = await judged()

  const { redoable } = store
  const amid: unknown[] = []
  let pages = 0
  jest.spyOn(store, 'redoable').mockImplementation(async (work) => {
    pages += 1
    if (pages === 2) {
      town.reporting.edit({ description: 'changed amid a sweep' })
      await town.sim.idle()
      const delivery = town.sim.deliveriesOf(town.app.hook).at(-1)
      const isKept = await store.deliveries.has('app', delivery?.guid ?? '')
      amid.push(delivery?.event, delivery?.statusCode, isKept, await judged())
    }
    return redoable(work)
  })
  await store.jobs.enqueue([sweepJob(1, { ...wholly, paths: [path], placeId: null, why: 'a test' }, clock())])
  await town.settle()
  expect(amid).toEqual(['repository', 202, true, 500])
  expect(await judged()).toBe(before + 1_200)
  expect(await store.resources.byTitle(1, 'GitHub > Repository', 'acme/.github-private')).toMatchObject({
    data: { description: 'changed amid a sweep' },
  })
})
