import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { stateAt } from '../../src/simulator/history.ts'
import { type Acme, startAcme } from './acme.ts'

describe('the history', () => {
  let acme: Acme
  let now: number
  beforeEach(async () => {
    now = 1000
    acme = await startAcme({ permissions: { issues: 'write' }, clock: () => now })
  })
  afterEach(() => acme.close())

  it('says what was true of a repository at any time, until it was gone', () => {
    const one = acme.org.createRepository({ name: 'one' })
    const history = () => acme.sim.history.repositories.get(one.nodeId)
    const changes = [
      () => one.rename('two'),
      () => one.setVisibility('public'),
      () => one.archive(),
      () => one.edit({ topics: ['a'] }),
      () => one.set({ hasWiki: false }),
      () => acme.org.rename('acme-2'),
      () => one.transfer(acme.sim.createOrganization({ login: 'other' })),
      () => one.delete(),
    ]
    for (const change of changes) {
      now += 1000
      change()
    }
    const at = (time: number) => stateAt(history(), time)
    expect(history()).toHaveLength(9)
    expect(at(999)).toBeUndefined()
    expect(at(1999)).toMatchObject({ nameWithOwner: 'acme/one', visibility: 'private', archived: false, topics: [] })
    expect(at(2000)).toMatchObject({ nameWithOwner: 'acme/two', visibility: 'private' })
    expect(at(3500)).toMatchObject({ visibility: 'public', archived: false })
    expect(at(4000)).toMatchObject({ archived: true, topics: [], settings: { hasWiki: true } })
    expect(at(5000)).toMatchObject({ topics: ['a'], settings: { hasWiki: true } })
    expect(at(6000)).toMatchObject({ settings: { hasWiki: false } })
    expect(at(7000)).toMatchObject({ nameWithOwner: 'acme-2/two' })
    expect(at(8000)).toMatchObject({ nameWithOwner: 'other/two' })
    expect(at(9000)).toBeNull()
  })

  it('has a moment only where something changed', () => {
    const one = acme.org.createRepository({ name: 'one' })
    one.push()
    one.set({ hasWiki: true })
    expect(acme.sim.history.repositories.get(one.nodeId)).toHaveLength(1)
  })

  it('tells of hooks, the App’s too', () => {
    const hook = acme.org.createHook({ url: 'https://hooks.example/1', events: ['push'] })
    now = 2000
    hook.update({ active: false })
    now = 3000
    hook.delete()
    expect(acme.sim.history.hooks.get(hook.id)).toEqual([
      { at: 1000, state: expect.objectContaining({ active: true, events: ['push'] }) },
      { at: 2000, state: expect.objectContaining({ active: false }) },
      { at: 3000, state: null },
    ])
    expect(acme.sim.history.hooks.get(acme.app.hook.id)).toMatchObject([{ at: 1000, state: { active: true } }])
  })

  it('tells of permissions, policies and settings', () => {
    const { installation, org } = acme
    const changes = [
      () => installation.revoke('issues'),
      () => installation.suspend(),
      () => installation.unsuspend(),
      () => installation.selectRepositories([]),
      () => acme.app.request({}),
      () => installation.grant(),
      () => installation.uninstall(),
    ]
    for (const change of changes) {
      now += 1000
      change()
    }
    expect(acme.sim.history.installations.get(installation.id)).toEqual([
      { at: 1000, state: expect.objectContaining({ permissions: { metadata: 'read', issues: 'write' } }) },
      { at: 2000, state: expect.objectContaining({ permissions: { metadata: 'read' }, suspended: false }) },
      { at: 3000, state: expect.objectContaining({ suspended: true }) },
      { at: 4000, state: expect.objectContaining({ suspended: false, repositorySelection: 'all' }) },
      { at: 5000, state: expect.objectContaining({ repositorySelection: 'selected' }) },
      { at: 8000, state: null },
    ])
    org.policies.set({ samlEnforced: true })
    org.set({ description: 'D' })
    expect(acme.sim.history.organizations.get(org.nodeId)?.at(-1)?.state).toMatchObject({
      login: 'acme',
      settings: { description: 'D' },
      policies: { samlEnforced: true },
    })
  })

  it('goes by the clock that was passed in, not by GitHub’s', () => {
    acme.sim.skewClock(3_600_000)
    const one = acme.org.createRepository({ name: 'one' })
    expect(acme.sim.history.repositories.get(one.nodeId)?.[0]?.at).toBe(1000)
    expect(one.createdAt).toBe(3_601_000)
  })
})
