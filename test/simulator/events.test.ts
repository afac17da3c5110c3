import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'

const permissions = {
  administration: 'read',
  contents: 'read',
  members: 'read',
  checks: 'write',
  issues: 'write',
} as const
const events = ['security_and_analysis', 'repository', 'public', 'push', 'organization', 'issues', 'meta']

describe('events', () => {
  let acme: Acme
  let now: number
  beforeEach(async () => {
    now = Date.parse('2026-01-10T12:00:00.400Z')
    acme = await startAcme({ permissions, events, clock: () => now })
  })
  afterEach(() => acme.close())

  const heard = async () => {
    await acme.sim.idle()
    const events = acme.receiver.events()
    acme.receiver.forget()
    return events
  }
  const payloadOf = async (event: string) => {
    await acme.sim.idle()
    return acme.receiver.received.find(({ headers }) => headers['x-github-event'] === event)?.payload
  }

  it('tell every change of a repository that GitHub tells', async () => {
    const one = acme.org.createRepository({ name: 'one' })
    expect(await heard()).toEqual(['repository.created'])
    one.setVisibility('public')
    expect(await heard()).toEqual(['public', 'repository.publicized'])
    one.setVisibility('private')
    expect(await heard()).toEqual(['repository.privatized'])
    one.archive()
    one.unarchive()
    expect(await heard()).toEqual(['repository.archived', 'repository.unarchived'])
    one.delete()
    expect(await heard()).toEqual(['repository.deleted'])
  })

  it('name former values', async () => {
    const one = acme.org.createRepository({ name: 'one', description: 'old' })
    await heard()
    one.edit({ description: 'new', topics: ['a'], homepage: null })
    expect(await payloadOf('repository')).toMatchObject({
      action: 'edited',
      changes: { description: { from: 'old' }, topics: { from: [] } },
      repository: { description: 'new', topics: ['a'] },
    })
    await heard()
    one.rename('two', { sender: 'ren' })
    expect(await payloadOf('repository')).toMatchObject({
      action: 'renamed',
      changes: { repository: { name: { from: 'one' } } },
      repository: { full_name: 'acme/two' },
      sender: { login: 'ren' },
    })
  })

  it('tell of security features, with what they were, and of no other setting', async () => {
    const one = acme.org.createRepository({ name: 'one' })
    await heard()
    one.set({ secretScanning: true, hasWiki: false }, { sender: 'ren' })
    expect(await payloadOf('security_and_analysis')).toMatchObject({
      changes: { from: { security_and_analysis: { secret_scanning: { status: 'disabled' } } } },
      repository: { full_name: 'acme/one' },
      sender: { login: 'ren' },
    })
    await heard()
    one.set({ secretScanning: true, vulnerabilityAlerts: true, privateVulnerabilityReporting: true })
    expect(await heard()).toEqual([])
  })

  it('tell of a renamed default branch as of another choice of it', async () => {
    const one = acme.org.createRepository({ name: 'one', defaultBranch: 'master' })
    await heard()
    one.renameBranch('master', 'main')
    expect(await payloadOf('repository')).toMatchObject({
      action: 'edited',
      changes: { default_branch: { from: 'master' } },
      repository: { default_branch: 'main' },
    })
    expect([...one.branches.keys()]).toEqual(['main'])
  })

  it('do not tell of settings', async () => {
    const one = acme.org.createRepository({ name: 'one' })
    await heard()
    one.set({ hasWiki: false, deleteBranchOnMerge: true })
    one.edit({ description: null })
    acme.org.set({ defaultRepositoryPermission: 'admin' })
    acme.org.createHook({ url: 'https://hooks.example/other', active: false })
    expect(await heard()).toEqual([])
  })

  it('tell a transfer to the new owner, and the loss to the App of the former', async () => {
    const globex = acme.sim.createOrganization({ login: 'globex' })
    const one = acme.org.createRepository({ name: 'one' })
    await heard()
    one.transfer(globex)
    expect(await heard()).toEqual(['installation_repositories.removed'])
    acme.sim.install(acme.app, globex)
    await heard()
    one.transfer(acme.org)
    await acme.sim.idle()
    const transferred = acme.receiver.received.find(({ payload }) => payload.action === 'transferred')?.payload
    expect(transferred).toMatchObject({
      changes: { owner: { from: { organization: { login: 'globex' } } } },
      repository: { full_name: 'acme/one', id: one.id },
      installation: { id: acme.installation.id },
    })
  })

  it('write the times of a repository as numbers in a push, and only there', async () => {
    const one = acme.org.createRepository({ name: 'one' })
    const before = one.branches.get('main')
    now += 5000
    const after = one.push()
    expect(await payloadOf('push')).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after,
      created: false,
      repository: { created_at: 1768046400, pushed_at: 1768046405, updated_at: '2026-01-10T12:00:05Z' },
      head_commit: { id: after },
    })
    expect((await payloadOf('repository')).repository.created_at).toBe('2026-01-10T12:00:00Z')
  })

  it('tell of members and of a new login', async () => {
    acme.org.addMember('mo')
    acme.org.removeMember('mo')
    expect(await heard()).toEqual(['organization.member_added', 'organization.member_removed'])
    acme.org.rename('acme-inc')
    await acme.sim.idle()
    expect(acme.receiver.events()).toEqual(['installation_target.renamed', 'organization.renamed'])
    expect(await payloadOf('installation_target')).toMatchObject({
      changes: { login: { from: 'acme' } },
      account: { login: 'acme-inc', id: acme.org.id },
      target_type: 'Organization',
      installation: { id: acme.installation.id },
    })
  })

  it('tell the App all of its installation, subscribed or not', async () => {
    acme.installation.suspend()
    acme.org.createRepository({ name: 'unheard' })
    expect(await heard()).toEqual(['installation.suspend'])
    acme.installation.unsuspend()
    acme.app.request({ ...permissions, statuses: 'write' })
    expect(await heard()).toEqual(['installation.unsuspend'])
    acme.installation.grant()
    expect((await payloadOf('installation')).installation.permissions.statuses).toBe('write')
    expect(await heard()).toEqual(['installation.new_permissions_accepted'])
    const one = acme.org.createRepository({ name: 'one' })
    acme.installation.selectRepositories([one])
    acme.org.createRepository({ name: 'outside' })
    acme.installation.addRepositories([acme.org.createRepository({ name: 'added' })])
    expect(await heard()).toEqual([
      'installation_repositories.added',
      'installation_repositories.removed',
      'repository.created',
    ])
    acme.installation.uninstall()
    expect(await heard()).toEqual(['installation.deleted'])
  })

  it('need their permission', async () => {
    const one = acme.org.createRepository({ name: 'one' })
    acme.installation.revoke('contents', 'members')
    await heard()
    one.push()
    acme.org.addMember('mo')
    expect(await heard()).toEqual(['check_suite.requested'])
    const { body } = await acme.asApp('GET', `/app/installations/${acme.installation.id}`)
    expect(body.events).toEqual(['security_and_analysis', 'repository', 'public', 'issues', 'meta'])
  })

  it('reach an organization’s hook without any App, but for the Apps’ own', async () => {
    acme.installation.uninstall()
    acme.org.createHook({ url: 'https://hooks.example/all', contentType: 'json', events: ['*'] })
    await heard()
    acme.org.createRepository({ name: 'one' }).push()
    acme.sim.install(acme.app, acme.org, { permissions: { metadata: 'read' }, events: [] })
    await acme.sim.idle()
    const org = acme.receiver.received.filter(({ path }) => path === '/all')
    expect(org.map(({ headers }) => headers['x-github-event']).toSorted()).toEqual(['push', 'repository'])
  })

  it('end with the organization', async () => {
    acme.org.delete()
    expect(await heard()).toEqual(['installation.deleted', 'organization.deleted'])
    expect((await acme.asNobody('GET', '/orgs/acme')).status).toBe(404)
  })
})
