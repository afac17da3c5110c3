import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Judgement, Standing } from '../../src/model/control.ts'
import type { Store } from '../../src/model/store.ts'
import { alarm, ok, skipped, type Verdict } from '../../src/model/verdict.ts'
import { newConnection, newRun, openTestStore, resourceWrite } from './test-store.ts'

const [one, other] = ['GitHub > Repository > CMDB', 'GitHub > Repository > Visibility']
let store: Store
let us: number
beforeEach(async () => {
  store = await openTestStore(':memory:')
  us = (await store.connections.save(newConnection(1), 10)).id
  for (const nodeId of ['R_1', 'R_2', 'R_3']) await store.resources.write(us, resourceWrite(us, nodeId), 1)
})
afterEach(() => store.close())

const judged = (resourceId: number, path: string, verdict: Verdict, before: Standing | null = null): Judgement => ({
  ...{ resource: { id: resourceId, title: `acme/R_${resourceId}` }, path, value: 'Check: Private', verdict, before },
})

const standing = () => store.controls.standing(us, [1, 2, 3], [one, other])

it('makes controls that are not there, path by path, with a run and a line of history each', async () => {
  const verdicts = [judged(1, one, ok('Right.')), judged(1, other, alarm('Wrong.')), judged(2, one, skipped('Skip.'))]
  const moved = await store.controls.recordAll(us, verdicts, 'policy set', 70)
  expect(moved.map(({ id, path, state }) => [id, path, state])).toEqual([
    [1, one, 'ok'],
    [3, other, 'alarm'],
    [2, one, 'skipped'],
  ])
  expect(await store.controls.get(us, 3)).toEqual({
    ...{ id: 3, connectionId: us, resourceId: 1, path: other, state: 'alarm', reason: 'Wrong.' },
    ...{ since: 70, lastRunAt: 70, lastRunId: 2 },
  })
  expect(await store.controls.lastRun(us, 3)).toEqual({
    ...{ id: 2, connectionId: us, controlId: 3, cause: 'policy set', value: 'Check: Private' },
    ...{ verdict: alarm('Wrong.'), calls: [], startedAt: 70, endedAt: 70 },
  })
  expect((await store.activities.list(us)).map(({ summary }) => summary)).toContain(`${other}: TBD → Alarm: Wrong.`)
  const titles = await store.search.controls('everything', {
    filter: { words: [], terms: [] },
    after: null,
    limit: 9,
    now: 70,
  })
  expect(titles.rows.map(({ id, resource }) => [id, resource.title])).toEqual([
    [3, 'acme/R_1'],
    [2, 'acme/R_2'],
    [1, 'acme/R_1'],
  ])
})

it('moves those that are there; `since` only with the state, and history only then', async () => {
  await store.controls.recordAll(us, [judged(1, one, alarm('Wrong.')), judged(2, one, ok('Right.'))], 'first', 70)
  const before = new Map((await standing()).map((each) => [each.resourceId, each]))
  const again = [
    judged(1, one, alarm('Still wrong.'), before.get(1) ?? null),
    judged(2, one, alarm('Wrong.'), before.get(2) ?? null),
  ]
  const moved = await store.controls.recordAll(us, again, 'second', 90)
  expect(moved.map(({ resourceId }) => resourceId)).toEqual([2])
  expect((await standing()).map(({ state, reason, since }) => [state, reason, since])).toEqual([
    ['alarm', 'Still wrong.', 70],
    ['alarm', 'Wrong.', 90],
  ])
  expect((await store.controls.runs(us, 1, 9)).map(({ cause }) => cause)).toEqual(['second', 'first'])
  expect(await store.activities.list(us)).toHaveLength(3)
})

it('gives a control of a resource that came back its old id, and begins it anew', async () => {
  await store.controls.recordAll(us, [judged(1, one, alarm('Wrong.'))], 'first', 70)
  await store.controls.removeOf(us, 1)
  expect(await standing()).toEqual([])
  await store.controls.recordAll(us, [judged(1, one, alarm('Wrong.'))], 'second', 90)
  expect(await standing()).toMatchObject([{ id: 1, state: 'alarm', since: 90 }])
})

it('tells what was asked for, as a single run keeps it too', async () => {
  const { id } = await store.controls.ensure(us, 3, one, 50)
  expect(await standing()).toMatchObject([{ id, state: 'tbd', value: null }])
  await store.controls.record(newRun(us, id, { value: ['a', 'b'] }))
  expect(await standing()).toMatchObject([{ id, value: ['a', 'b'] }])
})

it('writes very many at once, and each its own', async () => {
  await store.controls.recordAll(
    us,
    Array.from({ length: 200 }, (_, n) => judged(1, `Path ${n}`, ok(`Reason ${n}`))),
    'first',
    70,
  )
  const all = await store.controls.list(us)
  expect(all).toHaveLength(200)
  for (const { id, path, reason, lastRunId } of all) {
    expect(reason).toBe(path.replace('Path', 'Reason'))
    expect((await store.controls.lastRun(us, id))?.id).toBe(lastRunId)
  }
})

it('goes through live resources in the order of their ids, below one, or those not judged yet', async () => {
  const ids = async (
    filter: Omit<Parameters<Store['resources']['inOrder']>[2], 'limit' | 'afterId'> & { afterId?: number },
  ) =>
    (await store.resources.inOrder(us, 'GitHub > Repository', { afterId: 0, limit: 2, ...filter })).map(({ id }) => id)
  await store.resources.write(us, resourceWrite(us, 'R_4', { parentId: 1, title: 'acme/A' }), 1)
  await store.resources.write(us, resourceWrite(us, 'R_2', { goneAt: 5 }), 1)
  expect(await ids({})).toEqual([1, 3])
  expect(await ids({ afterId: 3 })).toEqual([4])
  expect(await ids({ parentId: 1 })).toEqual([4])
  await store.controls.recordAll(us, [judged(1, one, ok('Right.'))], 'first', 70)
  expect(await ids({ unjudged: true })).toEqual([3, 4])
})
