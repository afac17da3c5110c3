import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { askRemoval } from '../../src/engine/remove.ts'
import type { Removal } from '../../src/model/removal.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { snapshot } from '../support/snapshot.ts'

jest.setTimeout(60_000)

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.org.createHook({ url: 'https://ci.example/', secret: 'theirs', events: ['push'] })
  town.org.createRepository({ name: 'web' })
  town.reporting.createIssue({ title: 'theirs', body: null, author: 'mallory' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const source = `${eventHandlersPath} > Source`

async function remove(forget = false): Promise<Removal | null> {
  const [connection] = await town.guardpost.means.store.connections.list()
  await askRemoval(town.guardpost.means, connection?.id ?? 0, { askedBy: 'a test', forget })
  await town.settle()
  return town.guardpost.means.store.connections.removal(connection?.id ?? 0)
}

const connection = async () => (await town.guardpost.means.store.connections.list())[0]

/** Every reason to write there is: a webhook, an issue, and reports in a place that they went to before. */
async function use(installation: Installation | null): Promise<void> {
  await town.set(source, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  installation?.revoke('members')
  await town.judge()
  town.org.createRepository({ name: 'operations', visibility: 'private' })
  await town.settle()
  await town.set('GitHub > Organization > Reporting > Repository', 'operations')
  await town.settle()
}

const openOf = (name: string) => town.org.repositories.get(name)?.issues.filter(({ state }) => state === 'open') ?? []

describe('an organization connected by the App', () => {
  it('is left as it was before', async () => {
    const operations = { name: 'operations', visibility: 'private' } as const
    const before = snapshot(town.org)
    const installation = town.install()
    await town.settle()
    await use(installation)
    expect(town.org.hooks).toHaveLength(2)
    expect([openOf('.github-private').length, openOf('operations').length]).toEqual([2, 1])

    expect(await remove()).toMatchObject({
      step: null,
      failure: null,
      remains: [{ who: 'an owner of acme', action: 'Uninstall the App, if it is of no other use.' }],
    })
    const after = snapshot(town.org)
    expect({ ...after, repositories: after.repositories.filter(({ name }) => name !== operations.name) }).toEqual(
      before,
    )
    expect(after.repositories.at(-1)).toMatchObject({ openIssues: [], heldUpBy: [] })
    expect(town.reporting.issues.at(-1)?.comments.at(-1)?.body).toMatch(/^<!-- guardpost:removed -->\nRemoved: /)
    expect(await connection()).toMatchObject({ status: 'removed' })
  })
})

describe('an organization connected by a token', () => {
  it('is left as it was before', async () => {
    const before = snapshot(town.org)
    const { id: organizationId, nodeId: organizationNodeId, login } = town.org
    const scopes = ['repo', 'admin:org', 'admin:org_hook']
    const { value } = town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes })
    const wanted = { kind: 'token', organizationId, organizationNodeId, login, installationId: null } as const
    await town.guardpost.engine.connect(wanted, value)
    await town.settle()
    expect(snapshot(town.org).repositories[0]?.heldUpBy).toEqual([eventHandlersPath])
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    expect(town.org.hooks).toHaveLength(2)

    expect(await remove()).toMatchObject({ step: null, remains: [{ who: 'the owner of the token' }] })
    expect(snapshot(town.org)).toEqual(before)
    const description = expect.stringMatching(/^Removed: /)
    expect(town.reporting.statuses.at(-1)).toMatchObject({ state: 'success', description })
    expect(await town.guardpost.means.store.connections.token((await connection())?.id ?? 0)).toBeNull()
  })
})

describe('an organization that was removed', () => {
  it('stays removed through events and starts, until the App is installed anew', async () => {
    const installation = town.install()
    await town.settle()
    await remove()
    installation.suspend()
    installation.unsuspend()
    town.org.createRepository({ name: 'late' })
    await town.settle()
    await town.stop()
    await town.start()
    await town.settle()
    expect(await connection()).toMatchObject({ status: 'removed' })
    const { deliveries, resources } = town.guardpost.means.store
    expect([await deliveries.list({}), await resources.list(1, {})]).toEqual([[], []])

    installation.uninstall()
    town.install()
    await town.settle()
    expect(await connection()).toMatchObject({ status: 'active' })
    expect(await town.control('GitHub > Repository > CMDB', 'acme/late')).toMatchObject({ state: 'ok' })
  })

  it('had nothing written to where nothing of ours was', async () => {
    town.reporting.delete()
    town.install({ permissions: {} })
    await town.settle()
    await remove()
    expect(town.sim.writes).toEqual([])
    expect(await connection()).toMatchObject({ status: 'removed' })
  })

  it('needs no word more where the App is uninstalled and nothing of ours is left', async () => {
    town.reporting.delete()
    const installation = town.install()
    await town.settle()
    installation.uninstall()
    await town.settle()
    expect(await connection()).toMatchObject({ status: 'uninstalled' })
    expect(await remove()).toMatchObject({ step: null, failure: null, remains: [] })
  })

  it('tells what stays in an archived repository', async () => {
    const installation = town.install()
    await town.settle()
    installation.revoke('members')
    await town.judge()
    town.reporting.archive()
    await town.settle()
    const action = 'Close what Guardpost said in acme/.github-private: the repository is archived and takes no change.'
    expect((await remove())?.remains).toContainEqual({ who: 'an owner of acme', action })
  })
})
