import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'

const merge = ['allow_merge_commit', 'allow_squash_merge', 'allow_rebase_merge', 'delete_branch_on_merge']
const owners = [
  'default_repository_permission',
  'members_can_create_repositories',
  'two_factor_requirement_enabled',
  'billing_email',
]

describe('hidden fields', () => {
  let acme: Acme
  beforeAll(async () => {
    const permissions = {
      contents: 'write',
      administration: 'read',
      organization_administration: 'read',
      organization_plan: 'read',
    } as const
    acme = await startAcme({ permissions, install: { permissions: { contents: 'read' } } })
    acme.org.createRepository({ name: 'one', settings: { deleteBranchOnMerge: true } })
    acme.org.set({ defaultRepositoryPermission: 'none' })
    acme.org.addMember('mo', { role: 'member' })
  })
  afterAll(() => acme.close())

  const granted = async (permissions: Record<string, 'read' | 'write'>, path: string) => {
    acme.installation.revoke('administration', 'contents', 'organization_administration', 'organization_plan')
    acme.installation.grant({ metadata: 'read', ...permissions })
    return (await (await acme.asInstallation())('GET', path)).body
  }

  it('shows merge settings with contents: write or administration only', async () => {
    const hidden = await granted({ contents: 'read' }, '/repos/acme/one')
    for (const key of merge) expect(hidden).not.toHaveProperty(key)
    expect(hidden.has_wiki).toBe(true)
    const shown = [
      await granted({ contents: 'write' }, '/repos/acme/one'),
      await granted({ administration: 'read' }, '/repos/acme/one'),
    ]
    for (const body of shown) for (const key of merge) expect(body).toHaveProperty(key, true)
  })

  it('shows merge settings in no list, and security settings to administrators only', async () => {
    const [listed] = await granted({ contents: 'write', administration: 'read' }, '/orgs/acme/repos')
    expect(listed).not.toHaveProperty('delete_branch_on_merge')
    expect(listed.security_and_analysis.secret_scanning.status).toBe('disabled')
    const [plain] = await granted({ contents: 'write' }, '/orgs/acme/repos')
    expect(plain).not.toHaveProperty('security_and_analysis')
  })

  it('shows an organization’s settings with its administration, its plan with the plan', async () => {
    const plain = await granted({}, '/orgs/acme')
    for (const key of [...owners, 'plan']) expect(plain).not.toHaveProperty(key)
    expect(plain).toMatchObject({ login: 'acme', public_repos: 0 })
    const administration = await granted({ organization_administration: 'read' }, '/orgs/acme')
    expect(administration).toMatchObject({
      default_repository_permission: 'none',
      two_factor_requirement_enabled: false,
    })
    expect(administration).not.toHaveProperty('plan')
    const plan = await granted({ organization_plan: 'read' }, '/orgs/acme')
    expect(plan.plan).toMatchObject({ name: 'team', filled_seats: 2 })
    expect(plan).not.toHaveProperty('billing_email')
  })

  it('shows an organization’s settings to owners whose token shows it', async () => {
    const see = async (user: string, ...scopes: string[]) =>
      (await acme.as(`token ${acme.sim.createToken({ user, kind: 'classic', scopes }).value}`)('GET', '/orgs/acme'))
        .body
    expect(await see('olga', 'admin:org')).toHaveProperty('default_repository_permission', 'none')
    expect(await see('olga', 'read:org')).not.toHaveProperty('default_repository_permission')
    expect(await see('mo', 'admin:org')).not.toHaveProperty('default_repository_permission')
  })
})
