import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { setPolicy, unsetPolicy } from '../../src/engine/set-policy.ts'
import { policyType, WrongPolicy } from '../../src/engine/wrong-policy.ts'
import type { NewPolicySetting } from '../../src/model/policy.ts'
import { now, type Recorded, recorded } from './recorded.ts'

let acme: Recorded
beforeEach(async () => {
  acme = await recorded()
})
afterEach(() => acme.close())

const path = 'GitHub > Organization > Event Handlers'
const set = (wanted: NewPolicySetting) => setPolicy({ store: acme.store, clock: () => now }, wanted)
const unset = (wanted: NewPolicySetting) => unsetPolicy({ store: acme.store, clock: () => now }, wanted)

/** Everything that is due, as kind and payload; it is done with then. */
async function due() {
  const jobs = await acme.store.jobs.claim(now, 100)
  await acme.store.jobs.done(jobs.map(({ id }) => id))
  return jobs.map(({ kind, payload }) => ({ kind, payload }))
}

describe('a policy set', () => {
  it('is kept, told in history, and has the connection read and what it touches judged', async () => {
    const { store, connection, root } = acme
    const setting = await set(acme.setting(path, 'Enforce: Enabled', { note: 'at last' }))
    expect(setting).toMatchObject({ path, value: 'Enforce: Enabled', setBy: 'mona', note: 'at last', createdAt: now })
    expect(await store.policies.list(connection.id)).toEqual([setting])
    expect(await store.activities.list(connection.id)).toMatchObject([
      {
        resourceId: root.id,
        kind: 'policy',
        actor: 'mona',
        summary: `${path} set to Enforce: Enabled (required)`,
        changes: [{ field: path, before: undefined, after: 'Enforce: Enabled' }],
        source: 'cli',
        at: now,
      },
    ])
    expect(await due()).toEqual([
      { kind: 'read', payload: expect.objectContaining({ type: 'GitHub > Connection', nodeId: 'connection:O_1' }) },
      { kind: 'control', payload: { path, resourceId: root.id, why: 'policy set', fresh: true } },
    ])
  })

  it('for a sub-policy has its control judged', async () => {
    await set(acme.setting(`${path} > Source`, 'Organization webhook'))
    expect((await due()).map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ path, resourceId: acme.root.id }),
    )
  })

  it('above repositories has all of them judged together; on one, that one only', async () => {
    const api = await acme.repository('api')
    const cmdb = 'GitHub > Repository > CMDB'
    await set(acme.setting(cmdb, 'Skip'))
    const judged = async () => (await due()).filter(({ kind }) => kind !== 'read')
    const swept = { paths: [cmdb], placeId: null, unjudged: false, why: 'policy set', from: null }
    const discovery = { path: 'GitHub > Organization > Repository Discovery', why: 'policy set', fresh: true }
    expect(await judged()).toEqual([
      { kind: 'sweep', payload: swept },
      { kind: 'control', payload: { ...discovery, resourceId: acme.root.id } },
    ])
    await set(acme.setting(cmdb, 'Enforce: Enabled', { resourceId: api.id }))
    const run = { path: cmdb, resourceId: api.id, why: 'policy set', fresh: false }
    expect(await judged()).toEqual([{ kind: 'control', payload: run }])
  })

  it('about reporting has every control of the organization reported again', async () => {
    const { store, connection, root } = acme
    const control = await store.controls.ensure(connection.id, root.id, path, now)
    await set(acme.setting('GitHub > Organization > Reporting > Repository', 'operations'))
    expect(await due()).toContainEqual({ kind: 'report', payload: { controlId: control.id } })
  })

  it('set again replaces what was set', async () => {
    await set(acme.setting(path, 'Skip'))
    await set(acme.setting(path, 'Check: Disabled', { precedence: 'recommended' }))
    expect(await acme.store.policies.list(acme.connection.id)).toMatchObject([
      { value: 'Check: Disabled', precedence: 'recommended' },
    ])
  })
})

describe('a policy unset', () => {
  it('is no more, told in history, and judged anew', async () => {
    await set(acme.setting(path, 'Skip'))
    await due()
    expect(await unset(acme.setting(path, ''))).toBe(true)
    expect(await acme.store.policies.list(acme.connection.id)).toEqual([])
    expect((await acme.store.activities.list(acme.connection.id))[0]).toMatchObject({
      summary: `${path} unset`,
      changes: [{ field: path, before: 'Skip', after: undefined }],
    })
    expect((await due()).map(({ kind }) => kind)).toEqual(['read', 'control'])
  })

  it('that was not set changes and tells nothing', async () => {
    expect(await unset(acme.setting(path, ''))).toBe(false)
    expect(await acme.store.activities.list(acme.connection.id)).toEqual([])
    expect(await due()).toEqual([])
  })
})

describe('what is no policy, or no answer', () => {
  it.each([
    ['GitHub > Organization > Event Handler', 'Skip', /Did you mean `GitHub > Organization > Event Handlers`\?/],
    ['cmdb', 'Skip', /There is no policy `cmdb`\. Did you mean `GitHub > Repository > CMDB`\?/],
    [path, 'Enforce: Enable', /Did you mean “Enforce: Enabled”\? It takes: Skip, Check: Enabled, Check: Disabled/],
    [`${path} > Source`, 'webhook', /Did you mean “Organization webhook”\?/],
    [`${path} > Events`, 'push', /takes a list/],
  ])('%s: %s is refused with what would be right, and nothing is written', async (wrong, value, message) => {
    await expect(set(acme.setting(wrong, value))).rejects.toThrow(WrongPolicy)
    await expect(set(acme.setting(wrong, value))).rejects.toThrow(message)
    expect(await acme.store.policies.list(acme.connection.id)).toEqual([])
    expect(await due()).toEqual([])
  })

  it('an event that nothing needs is refused', async () => {
    const wanted = { ...acme.setting(`${path} > Events`, ''), value: ['push', '*'] }
    await expect(set(wanted)).rejects.toThrow(/“\*” is no value/)
  })

  it('a policy of the organization is refused on a repository', async () => {
    const { id } = await acme.repository('web')
    await expect(set(acme.setting(path, 'Skip', { resourceId: id }))).rejects.toThrow(
      `\`${path}\` has no effect on acme/web, which is a GitHub > Repository: set it above.`,
    )
  })

  it('a policy type is found by its path alone', () => {
    expect(policyType(path).path).toBe(path)
    expect(() => policyType('')).toThrow(WrongPolicy)
    expect(() => unsetPolicy({ store: acme.store, clock: () => now }, acme.setting('nothing', ''))).rejects.toThrow(
      WrongPolicy,
    )
  })
})
