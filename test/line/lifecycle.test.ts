import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { newSetting } from '../support/setting.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const repositories = async () => {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  return store.resources.list(connection?.id ?? 0, { type: 'GitHub > Repository', gone: false })
}
const names = async () => (await repositories()).map(({ title }) => title).sort()

describe('the installation', () => {
  it('is found at start when its event was missed', async () => {
    await town.stop()
    town.install()
    await town.sim.idle()
    await town.start()
    await town.settle()
    expect(await names()).toEqual(['acme/.github-private'])
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })

  it('uninstalled is an Error that says so, and installed again goes on with the same history', async () => {
    const web = town.org.createRepository({ name: 'web' })
    const installation = town.install()
    await town.settle()
    const [before] = (await repositories()).filter(({ nodeId }) => nodeId === web.nodeId)

    installation.uninstall()
    await town.settle()
    expect(await town.control()).toMatchObject({
      state: 'error',
      reason: 'The App is not installed on acme: nothing is heard.',
    })

    web.rename('site')
    town.install()
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok' })
    const [after] = (await repositories()).filter(({ nodeId }) => nodeId === web.nodeId)
    expect(after).toMatchObject({ id: before?.id, title: 'acme/site', version: expect.any(Number) })
  })

  it('suspended is an Error that an owner can lift, and heals when it is lifted', async () => {
    const installation = town.install()
    await town.settle()
    installation.suspend()
    await town.settle()
    expect(await town.control()).toMatchObject({
      state: 'error',
      reason: 'The installation on acme is suspended: nothing is heard.',
    })
    expect((await town.run()).verdict.diagnoses[0]?.remedy).toMatchObject({
      who: 'an owner of acme',
      url: `${town.sim.htmlUrl}/organizations/acme/settings/installations/${installation.id}`,
    })
    town.org.createRepository({ name: 'meanwhile' })
    installation.unsuspend()
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok' })
    expect(await names()).toEqual(['acme/.github-private', 'acme/meanwhile'])
  })

  it('of selected repositories is an Alarm, and all of them heals it', async () => {
    const installation = town.install({ repositorySelection: 'selected', repositories: [town.reporting] })
    town.org.createRepository({ name: 'unseen', visibility: 'private' })
    await town.settle()
    expect(await town.control()).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('selected repositories of acme only'),
    })
    expect(await names()).toEqual(['acme/.github-private'])
    installation.selectRepositories('all')
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok' })
    expect(await names()).toEqual(['acme/.github-private', 'acme/unseen'])
  })
})

describe('a repository', () => {
  it('keeps its identity and history when renamed, and its name may be taken by another', async () => {
    town.install()
    const web = town.org.createRepository({ name: 'web' })
    await town.settle()
    const [first] = (await repositories()).filter(({ nodeId }) => nodeId === web.nodeId)
    web.rename('site', { sender: 'mona' })
    const second = town.org.createRepository({ name: 'web' })
    await town.settle()
    const all = await repositories()
    expect(all.find(({ nodeId }) => nodeId === web.nodeId)).toMatchObject({ id: first?.id, title: 'acme/site' })
    expect(all.find(({ nodeId }) => nodeId === second.nodeId)).toMatchObject({ title: 'acme/web' })
    const { store } = town.guardpost.means
    const activities = await store.activities.list(first?.connectionId ?? 0, { resourceId: first?.id ?? 0 })
    expect(activities.find(({ changes }) => changes.some(({ field }) => field === 'name'))).toMatchObject({
      kind: 'changed',
      actor: 'mona',
      changes: expect.arrayContaining([{ field: 'name', before: 'web', after: 'site' }]),
    })
  })

  it('is gone when deleted or transferred out, said with why, and its controls with it', async () => {
    town.install()
    const elsewhere = town.sim.createOrganization({ login: 'elsewhere' })
    const [web, api] = [town.org.createRepository({ name: 'web' }), town.org.createRepository({ name: 'api' })]
    await town.settle()
    expect(await town.control('GitHub > Repository > CMDB', 'acme/web')).toMatchObject({ state: 'ok' })
    web.delete({ sender: 'mona' })
    api.transfer(elsewhere)
    await town.settle()
    expect(await names()).toEqual(['acme/.github-private'])
    const { store } = town.guardpost.means
    const [connection] = await store.connections.list()
    const gone = await store.resources.list(connection?.id ?? 0, { type: 'GitHub > Repository', gone: true })
    expect(gone.find(({ nodeId }) => nodeId === web.nodeId)?.goneReason).toBe('deleted')
    expect(gone.find(({ nodeId }) => nodeId === api.nodeId)?.goneReason).toMatch(/transferred|no longer shows/)
    const controls = await store.controls.list(connection?.id ?? 0, { path: 'GitHub > Repository > CMDB' })
    expect(controls).toHaveLength(1)

    api.transfer(town.org)
    await town.settle()
    expect(await names()).toEqual(['acme/.github-private', 'acme/api'])
  })
})

it('follows the organization when it is renamed', async () => {
  town.install()
  await town.settle()
  town.org.rename('acme-corp')
  await town.settle()
  expect(await names()).toEqual(['acme-corp/.github-private'])
  expect(await town.control()).toMatchObject({ state: 'ok' })
})

it('hears of nothing under a policy Skip, and says so', async () => {
  town.install()
  await town.settle()
  await town.set(eventHandlersPath, 'Skip')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'skipped', reason: 'The policy says Skip.' })
})

it('is Invalid by a stored answer that is no value, and does nothing by it', async () => {
  town.install()
  await town.settle()
  const { store, clock } = town.guardpost.means
  const { connectionId, resourceId } = await town.control()
  const place = { connectionId, resourceId }
  await store.policies.set(newSetting(place, eventHandlersPath, 'Enforce: Enabeld'), clock())
  const before = town.sim.writes.length
  await town.judge()
  expect(await town.control()).toMatchObject({
    state: 'invalid',
    reason: expect.stringContaining('“Enforce: Enabeld” is no value of `GitHub > Organization > Event Handlers`'),
  })
  expect(town.sim.writes.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
    expect.stringMatching(/^PATCH .*\/check-runs\/\d+$/),
  ])
})
