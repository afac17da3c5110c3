import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { affectedBy } from '../../src/engine/affected.ts'
import { attachmentsAt, attachPack, detachPack, orderPacks } from '../../src/engine/attach-pack.ts'
import { exceptionsIn, exceptionsOnFolders } from '../../src/engine/exceptions.ts'
import { changeFolder, deleteFolder, makeFolder, putIntoFolder } from '../../src/engine/folders.ts'
import { because, type ControlPayload, type SweepPayload } from '../../src/engine/jobs.ts'
import { deletePack, packNamed, savePack } from '../../src/engine/packs.ts'
import { policyDue } from '../../src/engine/policy-due.ts'
import { policyValues } from '../../src/engine/policy-values.ts'
import { setPolicy, unsetPolicy } from '../../src/engine/set-policy.ts'
import { rootFolderId } from '../../src/model/folder.ts'
import { asks, type NewPolicySetting } from '../../src/model/policy.ts'
import type { NewPolicyAttachment } from '../../src/model/policy-pack.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Selector } from '../../src/model/selector.ts'
import { placeOf } from '../support/setting.ts'
import { now, type Recorded, recorded } from './recorded.ts'

const cmdb = 'GitHub > Repository > CMDB'
const by = { source: 'cli', origin: null, setBy: 'mona' } as const

let acme: Recorded
let web: Resource
let time: number
beforeEach(async () => {
  acme = await recorded()
  web = await acme.repository('web')
  time = now
})
afterEach(() => acme.close())

const means = () => ({ store: acme.store, clock: () => time })
const set = (wanted: NewPolicySetting) => setPolicy(means(), wanted)

/** Where the control of the policy is judged by now, and why; it is done with then. */
async function due(): Promise<string[]> {
  const jobs = await acme.store.jobs.claim(time, 100)
  await acme.store.jobs.done(jobs.map(({ id }) => id))
  const judging = jobs.filter(({ kind }) => kind === 'control' || kind === 'sweep')
  const told = judging.map(async ({ payload }) => {
    const { path, paths, resourceId, placeId, why } = payload as Partial<ControlPayload & SweepPayload>
    if (![path, ...(paths ?? [])].includes(cmdb)) return []
    const id = resourceId ?? placeId
    return [`${id ? (await acme.store.resources.get(acme.connection.id, id))?.title : 'below acme'}: ${why}`]
  })
  return (await Promise.all(told)).flat().toSorted()
}

const answerFor = async (resource: Resource) => (await policyValues(means(), resource, cmdb))[0]?.value

async function attach(name: string, more: { place?: object; selector?: Selector } = {}) {
  const place = placeOf({ connectionId: acme.connection.id, resourceId: acme.root.id, ...more.place })
  const found = await packNamed(acme.store, place.connectionId, name)
  if (!found) throw new Error(`There is no pack ${name}.`)
  const selector = more.selector ?? null
  const wanted: NewPolicyAttachment = { ...place, ...found.reference, ...by, selector, position: null }
  return attachPack(means(), wanted, found.pack)
}

const pack = (name: string, value: string, more: object = {}) =>
  savePack(means(), {
    ...by,
    ...{ name, title: '', description: '', connectionId: null, settings: [asks(cmdb, value, more)] },
  })

describe('a folder', () => {
  it('asks what is set on it of the organizations in it, and of those that come into it', async () => {
    const production = await makeFolder(means(), rootFolderId, 'Production')
    await set(acme.setting(cmdb, 'Skip', { folderId: production.id }))
    expect([await answerFor(web), await due()]).toEqual(['Enforce: Enabled', []])
    await putIntoFolder(means(), acme.connection, production.id, by)
    expect([await answerFor(web), await due()]).toEqual(['Skip', ['below acme: folder changed']])
    const [told] = await acme.store.activities.list(acme.connection.id)
    expect(told).toMatchObject({ kind: 'policy', actor: 'mona', summary: 'put into the folder Production' })
    await set(acme.setting(cmdb, 'Enforce: Enabled', { folderId: production.id }))
    expect(await due()).toEqual(['below acme: policy set'])
    const [again] = await acme.store.activities.list(acme.connection.id)
    expect(again?.summary).toBe(`${cmdb} set to Enforce: Enabled (required), on the folder Production`)
  })

  it('that moves asks what it comes below', async () => {
    const [one, other] = [
      await makeFolder(means(), rootFolderId, 'One'),
      await makeFolder(means(), rootFolderId, 'Other'),
    ]
    await putIntoFolder(means(), acme.connection, one.id, by)
    await set(acme.setting(cmdb, 'Skip', { folderId: other.id }))
    await due()
    await changeFolder(means(), one.id, { parentId: other.id }, by)
    expect([await answerFor(web), await due()]).toEqual(['Skip', ['below acme: folder changed']])
  })

  it.each<[string, (ids: { one: number; two: number }) => Promise<unknown>, RegExp]>([
    ['one that is there', () => makeFolder(means(), rootFolderId, 'one'), /There is a folder one there already/],
    ['without a title', () => makeFolder(means(), rootFolderId, ' '), /has a title/],
    ['in none', () => makeFolder(means(), 99, 'x'), /There is no folder 99/],
    ['into itself', ({ one, two }) => changeFolder(means(), one, { parentId: two }, by), /cannot be put into itself/],
    ['the root moved', ({ one }) => changeFolder(means(), rootFolderId, { parentId: one }, by), /cannot be moved/],
    ['the root deleted', () => deleteFolder(means(), rootFolderId), /cannot be deleted/],
    ['not empty', ({ one }) => deleteFolder(means(), one), /is not empty: it holds 1 folders and 0 organizations/],
  ])('is refused: %s', async (_what, attempt, message) => {
    const one = await makeFolder(means(), rootFolderId, 'One')
    const two = await makeFolder(means(), one.id, 'Two')
    await expect(attempt({ one: one.id, two: two.id })).rejects.toThrow(message)
    await deleteFolder(means(), two.id)
    await deleteFolder(means(), one.id)
    expect(await acme.store.folders.list()).toHaveLength(1)
  })
})

describe('a pack', () => {
  it('counts where it is attached, as it is changed, until it is detached', async () => {
    await pack('quiet', 'Skip')
    const attachment = await attach('quiet')
    expect([await answerFor(web), await due()]).toEqual(['Skip', ['below acme: policy pack attached']])
    await pack('quiet', 'Enforce: Enabled')
    expect([await answerFor(web), await due()]).toEqual(['Enforce: Enabled', ['below acme: policy pack changed']])
    const kept = await packNamed(acme.store, null, 'quiet')
    const stored = (await acme.store.packs.list(null)).find(({ id }) => id === kept?.reference.packId)
    if (!stored) throw new Error('It was not kept.')
    await expect(deletePack(means(), stored, 'cli')).rejects.toThrow('quiet is attached in 1 places: detach it first.')
    await detachPack(means(), attachment, by)
    expect(await due()).toEqual(['below acme: policy pack attached'])
    await deletePack(means(), stored, 'cli')
    expect(await acme.store.packs.list(null)).toEqual([])
    expect((await acme.store.activities.list(acme.connection.id)).map(({ summary }) => summary).slice(0, 3)).toEqual([
      'the policy pack quiet was detached',
      'the policy pack quiet was changed',
      'the policy pack quiet was attached',
    ])
  })

  it('of the first place wins, and the order may be changed', async () => {
    await pack('one', 'Skip')
    await pack('two', 'Enforce: Enabled')
    const [one, two] = [await attach('one'), await attach('two')]
    expect(await attach('two')).toEqual(two)
    expect(await answerFor(web)).toBe('Skip')
    await due()
    await orderPacks(means(), one, [two.id], by)
    expect([await answerFor(web), await due()]).toEqual(['Enforce: Enabled', ['below acme: policy pack attached']])
    expect((await attachmentsAt(acme.store, one)).map(({ id, position }) => [id, position])).toEqual([
      [two.id, 1],
      [one.id, 2],
    ])
  })

  it('reaches a selection of repositories, and whoever starts to match at once', async () => {
    await acme.repository('svc-api')
    await pack('quiet', 'Skip')
    await attach('quiet', { place: { folderId: rootFolderId, resourceId: null }, selector: { name: 'svc-*' } })
    expect(await due()).toEqual(['below acme: policy pack attached'])
    expect(await answerFor(web)).toBe('Enforce: Enabled')
    const renamed = await acme.repository('web', { data: { name: 'svc-web', nameWithOwner: 'acme/svc-web' } })
    const sighted = { at: now, cause: because('repository.renamed') }
    const changes = [{ field: 'name', before: 'web', after: 'svc-web' }]
    const change = { changes, isNews: true, known: web }
    const jobs = await affectedBy(acme.store, acme.connection, renamed, renamed, change, sighted)
    expect(jobs.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ path: cmdb, resourceId: web.id, why: 'repository.renamed' }),
    )
    expect(await answerFor(renamed)).toBe('Skip')
    const other = { ...change, changes: [{ field: 'description', before: 'a', after: 'b' }] }
    expect(await affectedBy(acme.store, acme.connection, renamed, renamed, other, sighted)).toEqual([])
  })

  it('selects by custom properties as soon as they are known', async () => {
    const { store, connection } = acme
    await set(acme.setting(cmdb, 'Skip', { selector: { property: { tier: 'gold' } } }))
    expect([await answerFor(web), await due()]).toEqual(['Enforce: Enabled', ['below acme: policy set']])
    const type = 'GitHub > Custom Property Values'
    const said = await acme.repository('said', {
      ...{ type, parentId: web.id },
      data: { repositoryId: 1, properties: { tier: 'gold' } },
    })
    const changes = [{ field: 'properties', before: undefined, after: { tier: 'gold' } }]
    const change = { changes, isNews: true, known: null }
    const sighted = { at: now, cause: because('custom_property_values.updated') }
    const jobs = await affectedBy(store, connection, said, said, change, sighted)
    expect(jobs.map(({ payload }) => (payload as { resourceId: number }).resourceId)).toEqual([web.id])
    expect(await answerFor(web)).toBe('Skip')
  })

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['of a shipped name', () => pack('baseline', 'Skip'), /Guardpost ships a pack baseline/],
    ['of no name', () => pack('No Name', 'Skip'), /lower-case letters, digits and hyphens/],
    ['with no value of its policy', () => pack('x', 'Skpi'), /Did you mean “Skip”\?/],
    [
      'that says two things',
      () =>
        savePack(means(), {
          ...by,
          ...{ name: 'x', title: '', description: '', connectionId: null },
          settings: [asks(cmdb, 'Skip'), asks(cmdb, 'Skip')],
        }),
      /is set twice/,
    ],
    [
      'where nothing of it has effect',
      async () => {
        await savePack(means(), {
          ...by,
          ...{ name: 'x', title: '', description: '', connectionId: null },
          settings: [asks('GitHub > Organization > CMDB', 'Skip')],
        })
        return attach('x', { selector: { fork: true } })
      },
      /Nothing that x asks is about repositories/,
    ],
    [
      'for a selection below a repository',
      () => attach('baseline', { place: { resourceId: web.id }, selector: { fork: true } }),
      /A selector selects repositories, and none are below acme\/web/,
    ],
  ])('is refused: one %s', async (_what, attempt, message) => {
    await expect(attempt()).rejects.toThrow(message)
    expect(await acme.store.attachments.list(acme.connection.id)).toEqual([])
  })
})

describe('in time', () => {
  it('what expires, or begins, is judged at that moment, one after another', async () => {
    const { store, connection } = acme
    await set(acme.setting(cmdb, 'Skip', { resourceId: web.id, expiresAt: now + 100 }))
    await pack('later', 'Enforce: Enabled', { startsAt: now + 200 })
    await attach('later')
    await due()
    const moments: unknown[] = []
    for (const at of [now + 99, now + 100, now + 199, now + 200]) {
      time = at
      const jobs = (await store.jobs.claim(at, 10)).filter(({ kind }) => kind === 'policy')
      for (const job of jobs) await policyDue(means(), job)
      await store.jobs.done(jobs.map(({ id }) => id))
      moments.push([at - now, jobs.length, await due(), await answerFor(web)])
    }
    expect(moments).toEqual([
      [99, 0, [], 'Skip'],
      [100, 1, ['acme/web: policy expired'], 'Enforce: Enabled'],
      [199, 0, [], 'Enforce: Enabled'],
      [200, 1, ['below acme: policy begun'], 'Enforce: Enabled'],
    ])
    expect(await store.jobs.nextDueAt()).toBeNull()
    await policyDue(means(), { connectionId: connection.id, payload: { at: now + 100 } })
    expect(await due()).toEqual(['acme/web: policy expired', 'below acme: policy expired'])
  })
})

describe('exceptions', () => {
  const told = async () => {
    const all = [
      ...(await exceptionsOnFolders(acme.store, time)),
      ...(await exceptionsIn(acme.store, acme.connection, time)),
    ]
    return all.map(({ statement, over }) => [statement.rule.value, statement.place.resourceId, over.rule.value])
  }

  it('are those Required below a Required, also from folders and packs, until they are over', async () => {
    const folder = await makeFolder(means(), rootFolderId, 'Production')
    await putIntoFolder(means(), acme.connection, folder.id, by)
    await set(acme.setting(cmdb, 'Enforce: Enabled', { folderId: rootFolderId }))
    expect(await told()).toEqual([])
    await set(acme.setting(cmdb, 'Skip', { resourceId: web.id, expiresAt: now + 100, note: 'until Friday' }))
    await set(acme.setting(cmdb, 'Skip', { folderId: folder.id }))
    expect(await told()).toEqual([
      ['Skip', null, 'Enforce: Enabled'],
      ['Skip', web.id, 'Skip'],
    ])
    time = now + 100
    expect(await told()).toEqual([['Skip', null, 'Enforce: Enabled']])
  })
})

describe('what a policy file says', () => {
  const origin = { file: 'guardpost.yml', line: 12 }

  it('is changed there alone', async () => {
    await set(acme.setting(cmdb, 'Skip', { source: 'file', origin }))
    const message = 'It is set by guardpost.yml, line 12: change it there.'
    await expect(set(acme.setting(cmdb, 'Enforce: Enabled'))).rejects.toThrow(message)
    await expect(unsetPolicy(means(), acme.setting(cmdb, ''))).rejects.toThrow(message)
    await set(acme.setting(cmdb, 'Enforce: Enabled', { source: 'file', origin }))
    expect(await answerFor(web)).toBe('Enforce: Enabled')
    const said = { ...by, source: 'file', origin, name: 'own', title: '', description: '', settings: [] } as const
    const own = await savePack(means(), { ...said, connectionId: acme.connection.id })
    await expect(savePack(means(), { ...own, source: 'console', origin: null })).rejects.toThrow(message)
    await expect(deletePack(means(), own, 'console')).rejects.toThrow(message)
  })
})

it('an expression answers for each repository, and what is not known is no answer', async () => {
  const expression = "resource.isFork ? 'Skip' : 'Enforce: Enabled'"
  await set({ ...acme.setting(cmdb, ''), value: null, expression })
  const fork = await acme.repository('fork', { data: { isFork: true } })
  expect(await answerFor(fork)).toBe('Skip')
  const [unknown] = await policyValues(means(), web, cmdb)
  expect(unknown).toMatchObject({ isUnknown: true, fault: expect.stringContaining('isFork') })
  const wrong = { ...acme.setting(cmdb, ''), value: null, expression: 'resource.isForc' }
  await expect(set(wrong)).rejects.toThrow(/isFork/)
})
