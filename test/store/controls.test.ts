import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.ts'
import type { Store } from '../../src/model/store.ts'
import { alarm, error, ok } from '../../src/model/verdict.ts'
import { newConnection, newRun, openTestStore, resourceWrite } from './test-store.ts'

const path = 'GitHub > Organization > Event Handlers'
let store: Store
let us: number
beforeEach(async () => {
  store = await openTestStore(':memory:')
  us = (await store.connections.save(newConnection(1), 10)).id
  for (const nodeId of ['R_1', 'R_2']) await store.resources.write(us, resourceWrite(us, nodeId), 1)
})
afterEach(() => store.close())

const fresh = {
  id: 1,
  connectionId: 1,
  resourceId: 1,
  path,
  state: 'tbd',
  reason: 'Not run yet.',
  since: 50,
  lastRunAt: null,
  lastRunId: null,
}

describe('ensure', () => {
  it('makes a control once', async () => {
    expect(await store.controls.ensure(us, 1, path, 50)).toEqual(fresh)
    expect(await store.controls.ensure(us, 1, path, 60)).toEqual(fresh)
    expect(await store.controls.get(us, 1)).toEqual(fresh)
    expect(await store.controls.byResource(us, 1, path)).toEqual(fresh)
  })
})

describe('record', () => {
  it('moves `since` only with the state, and tells of each move', async () => {
    await store.controls.ensure(us, 1, path, 50)
    const since: number[] = []
    for (const [endedAt, verdict] of [
      [100, alarm('No webhook.')],
      [200, alarm('No active webhook.')],
      [300, error('No permission.')],
      [400, ok('Configured')],
      [500, ok('Configured')],
    ] as const)
      since.push((await store.controls.record(newRun(us, 1, { verdict, endedAt }))).since)
    expect(since).toEqual([100, 100, 300, 400, 400])
    const told = await store.activities.list(us)
    expect(told.map(({ summary }) => summary).toReversed()).toEqual([
      'GitHub > Organization > Event Handlers: TBD → Alarm: No webhook.',
      'GitHub > Organization > Event Handlers: Alarm → Error: No permission.',
      'GitHub > Organization > Event Handlers: Error → OK: Configured',
    ])
    expect(told.at(-1)).toEqual({
      id: 1,
      connectionId: us,
      resourceId: 1,
      kind: 'state',
      actor: 'guardpost',
      summary: 'GitHub > Organization > Event Handlers: TBD → Alarm: No webhook.',
      changes: [{ field: 'state', before: 'tbd', after: 'alarm' }],
      source: 'read',
      deliveryId: null,
      at: 100,
    })
  })

  it('keeps each run with all that led to it', async () => {
    await store.controls.ensure(us, 1, path, 50)
    const call = { method: 'GET', path: '/app', status: 200, requestId: 'A:1', at: 1_991, durationMs: 4 }
    const evidence = [{ about: 'Webhook URL', found: 'ours', state: 'ok' }] as const
    const run = newRun(us, 1, {
      value: ['a', 'b'],
      calls: [call],
      verdict: ok('Configured', { evidence, recheckAt: 9 }),
    })
    const control = await store.controls.record(run)
    expect(control).toMatchObject({ state: 'ok', reason: 'Configured', lastRunAt: 2_000, lastRunId: 1 })
    await store.controls.record(newRun(us, 1, { cause: 'policy set' }))
    expect((await store.controls.lastRun(us, 1))?.cause).toBe('policy set')
    expect((await store.controls.runs(us, 1, 5)).at(-1)).toEqual({ ...run, id: 1 })
    expect(await store.controls.runs(us, 1, 1)).toHaveLength(1)
  })
})

describe('list', () => {
  it.each([
    ['all', undefined, [1, 2, 3]],
    ['of a path', { path: 'B' }, [2]],
    ['in a state', { state: 'ok' as const }, [3]],
    ['of a resource', { resourceId: 1 }, [1, 2]],
    ['a page', { afterId: 1, limit: 1 }, [2]],
  ])('%s', async (_, filter, expected) => {
    await store.controls.ensure(us, 1, 'A', 50)
    await store.controls.ensure(us, 1, 'B', 50)
    await store.controls.ensure(us, 2, 'A', 50)
    await store.controls.record(newRun(us, 3))
    expect((await store.controls.list(us, filter)).map(({ id }) => id)).toEqual(expected)
  })
})

describe('removeOf', () => {
  it('takes the controls of a resource away and keeps their runs, for when it comes back', async () => {
    for (const resourceId of [1, 2]) await store.controls.ensure(us, resourceId, path, 50)
    await store.controls.record(newRun(us, 1))
    await store.controls.removeOf(us, 1)
    expect((await store.controls.list(us)).map(({ id }) => id)).toEqual([2])
    expect(await store.controls.get(us, 1)).toBeNull()
    expect(await store.controls.byResource(us, 1, path)).toBeNull()
    await expect(store.controls.record(newRun(us, 1))).rejects.toThrow('Connection 1 has no control 1.')
    expect(await store.controls.runs(us, 1, 9)).toHaveLength(1)
    expect(await store.controls.ensure(us, 1, path, 3_000)).toEqual({ ...fresh, since: 3_000 })
  })
})

describe('reports', () => {
  const report: Report = {
    connectionId: 1,
    controlId: 1,
    kind: 'issue',
    repositoryNodeId: 'R_1',
    githubId: 12,
    headSha: null,
    contentHash: 'abc',
    open: true,
    updatedAt: 100,
  }

  it('are one per control and kind, saved again in place', async () => {
    await store.controls.ensure(us, 1, path, 50)
    await store.reports.save(report)
    await store.reports.save({ ...report, kind: 'check-run', headSha: 'f00' })
    const closed = { ...report, open: false, updatedAt: 200 }
    await store.reports.save(closed)
    expect(await store.reports.get(us, 1, 'issue')).toEqual(closed)
    expect(await store.reports.byGitHubId(us, 'check-run', 12)).toMatchObject({ kind: 'check-run', headSha: 'f00' })
    expect(await store.reports.byGitHubId(us, 'issue', 13)).toBeNull()
    expect((await store.reports.list(us, 1)).map(({ kind }) => kind)).toEqual(['check-run', 'issue'])
    await store.reports.remove(us, 1, 'issue')
    expect(await store.reports.get(us, 1, 'issue')).toBeNull()
  })

  it('of a control that was taken away can still be closed', async () => {
    await store.controls.ensure(us, 1, path, 50)
    await store.reports.save(report)
    await store.controls.removeOf(us, 1)
    await store.reports.save({ ...report, open: false })
    expect(await store.reports.get(us, 1, 'issue')).toMatchObject({ open: false })
  })
})
