import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Organization } from '../../src/simulator/organization.ts'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

/** Settings that GitHub does not let be set, in its words. */
describe('a repository', () => {
  let acme: Acme
  let free: Organization
  let ask: Ask
  let asFree: Ask
  beforeAll(async () => {
    acme = await startAcme({
      permissions: { administration: 'write', contents: 'write', organization_administration: 'write' },
    })
    free = acme.sim.createOrganization({ login: 'free', plan: 'free', owner: 'olga' })
    for (const organization of [acme.org, free]) {
      organization.createRepository({ name: 'closed' })
      organization.createRepository({ name: 'open', visibility: 'public' })
    }
    ask = await acme.asInstallation()
    asFree = acme.as(
      `token ${acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: ['repo', 'admin:org'] }).value}`,
    )
  })
  afterAll(() => acme.close())

  const secrets = { security_and_analysis: { secret_scanning: { status: 'enabled' } } }
  const protection = { security_and_analysis: { secret_scanning_push_protection: { status: 'enabled' } } }
  const none = { allow_merge_commit: false, allow_squash_merge: false, allow_rebase_merge: false }

  it.each<[string, object, number, string]>([
    ['acme/closed', { allow_forking: false }, 422, 'This organization does not allow private repository forking'],
    [
      'acme/closed',
      { visibility: 'internal' },
      422,
      'Only organizations associated with an enterprise can set visibility to internal',
    ],
    ['acme/closed', protection, 422, 'Secret scanning must be enabled to enable push protection.'],
    ['acme/closed', none, 422, 'Validation Failed'],
    ['free/closed', secrets, 422, 'Secret scanning is not available for this repository.'],
    [
      'free/closed',
      { has_wiki: true },
      403,
      'Upgrade to GitHub Pro or make this repository public to enable this feature.',
    ],
  ])('%s is not patched with %j', async (name, body, status, message) => {
    const asked = await (name.startsWith('free') ? asFree : ask)('PATCH', `/repos/${name}`, body)
    expect(asked).toMatchObject({ status, body: { message } })
  })

  it('of a free organization has secrets searched for where it is public', async () => {
    expect(await asFree('PATCH', '/repos/free/open', secrets)).toMatchObject({
      status: 200,
      body: { security_and_analysis: { secret_scanning: { status: 'enabled' } } },
    })
  })

  it('has Dependabot update it only with alerts, and no more without them', async () => {
    const fixes = '/repos/acme/closed/automated-security-fixes'
    expect((await ask('PUT', fixes)).status).toBe(422)
    await ask('PUT', '/repos/acme/closed/vulnerability-alerts')
    expect((await ask('PUT', fixes)).status).toBe(204)
    await ask('DELETE', '/repos/acme/closed/vulnerability-alerts')
    expect(acme.org.repositories.get('closed')?.settings.dependabotSecurityUpdates).toBe(false)
  })

  it('has private vulnerability reporting where it is public', async () => {
    const path = 'private-vulnerability-reporting'
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await ask(method, `/repos/acme/closed/${path}`)).status).toBe(404)
    expect((await ask('PUT', `/repos/acme/open/${path}`)).status).toBe(204)
    expect((await ask('GET', `/repos/acme/open/${path}`)).body).toEqual({ enabled: true })
    expect((await ask('DELETE', `/repos/acme/open/${path}`)).status).toBe(204)
    expect((await ask('GET', `/repos/acme/open/${path}`)).body).toEqual({ enabled: false })
  })

  it('gives workflows no more than the organization gives', async () => {
    const path = '/actions/permissions/workflow'
    const write = { default_workflow_permissions: 'write' }
    expect((await ask('PUT', `/repos/acme/open${path}`, write)).status).toBe(409)
    expect((await ask('PUT', `/orgs/acme${path}`, write)).status).toBe(204)
    expect((await ask('PUT', `/repos/acme/open${path}`, write)).status).toBe(204)
    expect((await ask('GET', `/repos/acme/open${path}`)).body).toEqual({
      ...write,
      can_approve_pull_request_reviews: false,
    })
    await ask('PUT', `/orgs/acme${path}`, { default_workflow_permissions: 'read' })
    expect((await ask('GET', `/repos/acme/open${path}`)).body.default_workflow_permissions).toBe('read')
  })

  it('has a branch renamed that is there, to a name that is not', async () => {
    const rename = (branch: string, new_name: string) =>
      ask('POST', `/repos/acme/open/branches/${branch}/rename`, { new_name })
    acme.org.repositories.get('open')?.push('other')
    expect((await rename('none', 'x')).status).toBe(404)
    expect((await rename('main', 'other')).status).toBe(422)
    expect(await rename('main', 'trunk')).toMatchObject({ status: 201, body: { name: 'trunk' } })
    expect(acme.org.repositories.get('open')?.defaultBranch).toBe('trunk')
  })

  it('is changed by GraphQL too, by those who administer it, and not while it is archived', async () => {
    const open = acme.org.repositories.get('open')
    const query =
      'mutation ($input: UpdateRepositoryInput!) { updateRepository(input: $input) { repository { hasDiscussionsEnabled } } }'
    const update = async (by: Ask, input: object) =>
      (await by('POST', '/graphql', { query, variables: { input: { repositoryId: open?.nodeId, ...input } } })).body
    expect(await update(ask, { hasDiscussionsEnabled: true })).toEqual({
      data: { updateRepository: { repository: { hasDiscussionsEnabled: true } } },
    })
    acme.installation.revoke('administration')
    expect(await update(await acme.asInstallation(), { hasDiscussionsEnabled: false })).toMatchObject({
      data: { updateRepository: null },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    })
    acme.installation.grant({ administration: 'write' })
    open?.archive()
    expect((await update(await acme.asInstallation(), { hasDiscussionsEnabled: false })).errors).toMatchObject([
      { type: 'UNPROCESSABLE' },
    ])
    expect((await (await acme.asInstallation())('PUT', '/repos/acme/open/vulnerability-alerts')).status).toBe(403)
    expect(open?.settings.hasDiscussions).toBe(true)
  })
})

describe('an organization', () => {
  it('is not changed by what GitHub only shows, nor to what its plan does not have', async () => {
    const acme = await startAcme({ permissions: { organization_administration: 'write' } })
    const ask = await acme.asInstallation()
    await ask('PATCH', '/orgs/acme', { two_factor_requirement_enabled: true })
    expect(acme.org.settings.twoFactorRequirementEnabled).toBe(false)
    const closed = { members_can_create_public_repositories: false }
    expect(await ask('PATCH', '/orgs/acme', closed)).toMatchObject({
      status: 403,
      body: { message: 'Upgrade to GitHub Enterprise to enable this feature.' },
    })
    acme.org.plan = 'enterprise'
    expect((await ask('PATCH', '/orgs/acme', closed)).status).toBe(200)
    expect((await ask('PATCH', '/orgs/acme', { members_can_create_pages: false })).body).toMatchObject({
      members_can_create_public_pages: false,
      members_can_create_private_pages: false,
    })
    await acme.close()
  })
})
