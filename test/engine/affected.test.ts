import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { affectedBy, type Change } from '../../src/engine/affected.ts'
import { because } from '../../src/engine/jobs.ts'
import type { Resource } from '../../src/model/resource.ts'
import { now, type Recorded, recorded } from './recorded.ts'

let acme: Recorded
beforeEach(async () => {
  acme = await recorded()
})
afterEach(() => acme.close())

const eventHandlers = 'GitHub > Organization > Event Handlers'
const discovery = 'GitHub > Organization > Repository Discovery'
const changed = (...fields: string[]) => fields.map((field) => ({ field, before: 'old', after: 'new' }))

async function affected(resource: Resource, change: Partial<Change>): Promise<unknown[]> {
  const whole = { changes: [], isNews: false, known: resource, ...change }
  const sighted = { at: now, cause: because('repository.edited') }
  const jobs = await affectedBy(acme.store, acme.connection, { type: resource.type }, resource, whole, sighted)
  for (const job of jobs) expect(job).toMatchObject({ connectionId: acme.connection.id, runAt: now })
  return jobs.map(({ kind, payload }) => {
    const { path, resourceId, controlId, why } = payload as Record<string, unknown>
    return kind === 'control' ? { path, resourceId, why } : { kind, controlId }
  })
}

const run = (path: string, { id }: Resource) => ({ path, resourceId: id, why: 'repository.edited' })
const refusal = { code: 'hidden', reason: 'Hidden.' } as const

describe('a repository', () => {
  it('that is new, is back, or was read for the first time has its controls judged', async () => {
    const web = await acme.repository('web')
    const judged = [run('GitHub > Repository > CMDB', web)]
    expect(await affected(web, { known: null })).toEqual(judged)
    expect(await affected(web, { known: { ...web, goneAt: 1 } })).toEqual(judged)
    expect(await affected(web, { known: { ...web, readAt: null } })).toEqual(judged)
  })

  it('that changed in nothing a control reads has none judged', async () => {
    const web = await acme.repository('web')
    expect(await affected(web, {})).toEqual([])
    expect(await affected(web, { changes: changed('description', 'headSha', 'visibility') })).toEqual([])
  })

  it('that is refused now, or no more, or otherwise, has its controls judged; refused as before, none', async () => {
    const web = await acme.repository('web')
    const judged = [run('GitHub > Repository > CMDB', web)]
    const isRefused = { ...web, refusal }
    expect(await affected(isRefused, { known: web })).toEqual(judged)
    expect(await affected(web, { known: isRefused })).toEqual(judged)
    expect(await affected(isRefused, { known: { ...web, refusal: { ...refusal, reason: 'Else.' } } })).toEqual(judged)
    expect(await affected(isRefused, { known: { ...web, refusal: { ...refusal } } })).toEqual([])
  })
})

describe('the connection', () => {
  const connectionOf = ({ root }: Recorded): Resource => ({
    ...root,
    id: 99,
    parentId: root.id,
    type: 'GitHub > Connection',
    nodeId: 'connection:O_1',
  })

  it('has the controls that are judged by it run on the organization, whatever of it changed', async () => {
    const connection = connectionOf(acme)
    const judged = [run(eventHandlers, acme.root), run(discovery, acme.root)]
    for (const change of [{ changes: changed('proofs') }, { known: null }])
      expect(await affected(connection, change)).toEqual(judged)
    expect(await affected({ ...connection, refusal }, { known: connection })).toEqual(judged)
    expect(await affected(connection, {})).toEqual([])
  })

  it('has nothing run before the organization is recorded', async () => {
    const { connection } = acme
    const change = { changes: changed('hooks'), isNews: true, known: null }
    const type = { type: 'GitHub > Connection' }
    const sighted = { at: now, cause: because('ping') }
    expect(
      await affectedBy(acme.store, connection, type, { ...connectionOf(acme), parentId: null }, change, sighted),
    ).toEqual([])
  })
})

describe('the repository that reports go to', () => {
  it.each(['headSha', 'visibility', 'name', 'defaultBranch', 'isArchived'])(
    'has every control of the organization reported again when its %s changed',
    async (field) => {
      const { store, connection, root } = acme
      const place = await acme.repository('.github-private')
      const ours = await store.controls.ensure(connection.id, root.id, eventHandlers, now)
      await store.controls.ensure(connection.id, place.id, 'GitHub > Repository > CMDB', now)
      expect(await affected(place, { changes: changed(field) })).toEqual([
        { kind: 'report', controlId: ours.id },
        expect.objectContaining({ path: 'GitHub > Organization > Policy Files', resourceId: root.id }),
      ])
    },
  )

  it('has them reported when it appears, and not when anything else of it changed', async () => {
    const { store, connection, root } = acme
    const place = await acme.repository('.github-private')
    const { id } = await store.controls.ensure(connection.id, root.id, eventHandlers, now)
    expect(await affected(place, { known: null })).toContainEqual({ kind: 'report', controlId: id })
    expect(await affected(place, { changes: changed('description') })).toEqual([])
  })

  it('is not any other repository', async () => {
    const { store, connection, root } = acme
    await acme.repository('.github-private')
    await store.controls.ensure(connection.id, root.id, eventHandlers, now)
    expect(await affected(await acme.repository('web'), { changes: changed('headSha') })).toEqual([])
  })
})

describe('what asks for reviews', () => {
  const rule = 'GitHub > Branch Protection Rule'

  it('has the policy files read again where it is of their repository, and nowhere else', async () => {
    const { store, connection } = acme
    const place = await acme.repository('.github-private')
    const web = await acme.repository('web')
    const of = async (parent: Resource) => {
      const written = await store.resources.write(
        connection.id,
        { resource: { ...place, type: rule, nodeId: `BPR_${parent.id}`, parentId: parent.id }, activity: null },
        now,
      )
      return affected(written, { known: null })
    }
    expect(await of(place)).toEqual([expect.objectContaining({ path: 'GitHub > Organization > Policy Files' })])
    expect(await of(web)).toEqual([])
  })
})
