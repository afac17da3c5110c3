import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type ControlPayload, controlJob, type SweepPayload, sweepJob, wholly } from '../../src/engine/jobs.ts'
import { observe } from '../../src/engine/observe.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import { sweep } from '../../src/engine/sweep.ts'
import type { Resource } from '../../src/model/resource.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { repository } from '../../src/resources/repository.ts'
import { resourceWrite } from '../store/test-store.ts'
import { now, type Recorded, recorded } from './recorded.ts'

const path = 'GitHub > Repository > CMDB'
let acme: Recorded
beforeEach(async () => {
  acme = await recorded()
})
afterEach(() => acme.close())

const means = () =>
  ({ store: acme.store, clock: () => now, log: { debug() {}, info() {}, warn() {}, error() {} } }) as never

const set = (value: string, on: Resource) =>
  setPolicy({ store: acme.store, clock: () => now }, acme.setting(path, value, { resourceId: on.id }))

const payload = (more: Partial<SweepPayload> = {}): SweepPayload => ({
  ...{ ...wholly, paths: [path], placeId: acme.root.id, why: 'policy set', ...more },
})

/** Does a sweep, and what goes on of it, until none is left; returns how many jobs it took, and what other jobs it left. */
async function swept(more: Partial<SweepPayload> = {}) {
  const { store, connection } = acme
  await store.jobs.drop(connection.id)
  await store.jobs.enqueue([sweepJob(connection.id, payload(more), now)])
  const left: ControlPayload[] = []
  for (let jobs = 0; ; ) {
    const [job, ...others] = (await store.jobs.claim(now, 100)).toSorted((a, b) => Number(a.kind < b.kind) - 0.5)
    left.push(...[job, ...others].flatMap((each) => (each?.kind === 'control' ? [each.payload as ControlPayload] : [])))
    if (job?.kind !== 'sweep') return { jobs, left }
    jobs++
    await sweep(means(), job)
    await store.jobs.done([job.id])
  }
}

const states = async () =>
  (await acme.store.controls.list(acme.connection.id, { path })).map(({ resourceId, state }) => [resourceId, state])

describe('a sweep', () => {
  it('judges all below a place, and writes only what comes to something else', async () => {
    const { store, connection, root } = acme
    const [web, api] = [await acme.repository('web'), await acme.repository('api')]
    const gone = await acme.repository('gone', { goneAt: 3 })
    await swept()
    expect(await states()).toEqual([
      [web.id, 'ok'],
      [api.id, 'ok'],
    ])
    expect(gone.id).toBeGreaterThan(api.id)

    const runs = async () =>
      (await Promise.all([1, 2].map((id) => store.controls.runs(connection.id, id, 9)))).map((all) =>
        all.map(({ value, cause }) => `${value}: ${cause}`),
      )
    await swept({ why: 'again' })
    expect(await runs()).toEqual([['Enforce: Enabled: policy set'], ['Enforce: Enabled: policy set']])

    await set('Skip', root)
    await set('Enforce: Enabled', api)
    await swept({ why: 'changed' })
    expect(await states()).toEqual([
      [web.id, 'skipped'],
      [api.id, 'ok'],
    ])
    expect(await runs()).toEqual([['Skip: changed', 'Enforce: Enabled: policy set'], ['Enforce: Enabled: policy set']])
  })

  it('comes to the same as controls judged one by one', async () => {
    const { store, connection } = acme
    const refusal = { code: 'plan', reason: 'The plan has no such thing.' } as unknown as NonNullable<
      Resource['refusal']
    >
    await acme.repository('web')
    await acme.repository('unread', { readAt: null })
    await acme.repository('refused', { refusal })
    await swept()
    const states = (await store.controls.list(connection.id, { path })).map(({ state }) => state)
    expect(states).toEqual(['ok', 'tbd', 'error'])
  })

  it('goes on in parts, and misses none', async () => {
    const { store, connection, root } = acme
    const more = { parentId: root.id, readAt: now }
    await store.redoable(async (tx) => {
      for (let n = 0; n < 5_001; n++)
        await tx.resources.write(connection.id, resourceWrite(connection.id, `R_${n}`, more), now)
    })
    const { jobs } = await swept()
    expect(jobs).toBe(2)
    const found = await states()
    expect(found).toHaveLength(5_001)
    expect(found.every(([, state]) => state === 'ok')).toBe(true)
  })

  it('gives others their turn after each 500 judgements at the most', async () => {
    const { store, connection, root } = acme
    const more = { parentId: root.id, readAt: now }
    await store.redoable(async (tx) => {
      for (let n = 0; n < 1_100; n++)
        await tx.resources.write(connection.id, resourceWrite(connection.id, `R_${n}`, more), now)
    })
    const { redoable } = store
    const judged = async () => (await store.controls.list(connection.id, {})).length
    const pages: (readonly [judgedBefore: number, turnsOfOthers: number])[] = []
    let turns = 0
    jest.spyOn(store, 'redoable').mockImplementation(async (work) => {
      pages.push([await judged(), turns])
      setImmediate(() => {
        turns += 1
      })
      return redoable(work)
    })
    const paths = [path, 'GitHub > Repository > Visibility']
    await sweep(means(), { connectionId: connection.id, payload: payload({ paths }) })
    expect(pages).toEqual([
      [0, 0],
      [500, 1],
      [1_000, 2],
      [1_500, 3],
      [2_000, 4],
    ])
    expect(await judged()).toBe(2_200)
  })

  it('leaves what is to be enforced to a job for each, and changes and records nothing of it itself', async () => {
    const { store, connection, root } = acme
    const wikis = 'GitHub > Repository > Wikis > Enabled'
    const [on, off, archived] = [
      await acme.repository('on', { data: { hasWikiEnabled: true } }),
      await acme.repository('off', { data: { hasWikiEnabled: false } }),
      await acme.repository('archived', { data: { hasWikiEnabled: true, isArchived: true } }),
    ]
    const set = (value: string) =>
      setPolicy({ store, clock: () => now }, acme.setting(wikis, value, { resourceId: root.id }))
    await set('Enforce: Disabled')
    const { left } = await swept({ paths: [wikis], why: 'policy set' })
    expect(left).toEqual([{ path: wikis, resourceId: on.id, why: 'policy set', fresh: false }])
    const recorded = async () =>
      (await store.controls.list(connection.id, { path: wikis })).map(({ resourceId, state }) => [resourceId, state])
    expect(await recorded()).toEqual([
      [off.id, 'ok'],
      [archived.id, 'skipped'],
    ])
    // Where nothing is to be changed, it is recorded like all the rest.
    await set('Check: Disabled')
    expect((await swept({ paths: [wikis] })).left).toEqual([])
    expect(await recorded()).toContainEqual([on.id, 'alarm'])
  })

  it('begun anew while a part is left, begins at the beginning', async () => {
    const { store, connection } = acme
    const part = { from: { type: repository.type, afterId: 7 } }
    await store.jobs.enqueue([sweepJob(connection.id, payload(part), now)])
    await store.jobs.enqueue([sweepJob(connection.id, payload(), now)])
    const [first] = await store.jobs.claim(now, 9)
    expect(first?.payload).toMatchObject(part)
    await store.jobs.done([first?.id ?? 0])
    expect((await store.jobs.claim(now, 9)).map((job) => (job.payload as SweepPayload).from)).toEqual([null])
  })

  it('has judged again what a job is judging meanwhile: that may rest on what was known before', async () => {
    const { store, connection } = acme
    const [web, api] = [await acme.repository('web'), await acme.repository('api')]
    const control = (resourceId: number, fresh: boolean) =>
      controlJob(connection.id, { path, resourceId, why: 'event', fresh }, now)
    await store.jobs.enqueue([control(web.id, true)])
    const [running] = await store.jobs.claim(now, 9)
    await store.jobs.enqueue([control(api.id, true)])
    await sweep(means(), { connectionId: connection.id, payload: payload() })
    await store.jobs.done([running?.id ?? 0])
    const judged = (await store.jobs.claim(now, 9)).map((job) => job.payload as ControlPayload)
    expect(judged).toEqual([
      { path, resourceId: api.id, why: 'event', fresh: true },
      { path, resourceId: web.id, why: 'policy set', fresh: false },
    ])
  })

  it('lifts a mute that ends with the state that was found', async () => {
    const { store, connection, root } = acme
    const web = await acme.repository('web')
    await swept()
    const [control] = await store.controls.list(connection.id, { path })
    const mute = {
      connectionId: connection.id,
      controlId: control?.id ?? 0,
      until: 'alarm',
      date: null,
      note: null,
    } as const
    await store.controls.setMute({ ...mute, by: 'mona', at: now })
    await set('Skip', root)
    await swept()
    expect(await store.controls.mute(connection.id, mute.controlId)).not.toBeNull()
    await store.controls.setMute({ ...mute, until: 'ok', by: 'mona', at: now })
    await set('Enforce: Enabled', root)
    await swept()
    expect(await states()).toEqual([[web.id, 'ok']])
    expect(await store.controls.mute(connection.id, mute.controlId)).toBeNull()
  })
})

it('what a discovery finds is judged together, once', async () => {
  const { store, connection } = acme
  const type = resourceTypes.find((known) => known.type === repository.type)
  if (!type) throw new Error('There is no such type.')
  const cause = { why: 'discovery: start', actor: null, deliveryId: null }
  for (const name of ['a', 'b', 'c'])
    await observe(
      store,
      connection,
      type,
      { kind: 'seen', nodeId: `R_${name}`, data: { name, nameWithOwner: `acme/${name}` } },
      { source: 'discovery', at: now, cause },
    )
  const jobs = await store.jobs.claim(now, 99)
  expect(jobs.filter(({ kind }) => kind === 'control')).toEqual([])
  const sweeps = jobs.filter(({ kind }) => kind === 'sweep')
  expect(sweeps).toHaveLength(1)
  for (const job of sweeps) await sweep(means(), job)
  expect((await states()).map(([, state]) => state)).toEqual(['ok', 'ok', 'ok'])
})
