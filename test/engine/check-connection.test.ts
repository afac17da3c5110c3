import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkInstallation } from '../../src/engine/check-installation.ts'
import { checkToken } from '../../src/engine/check-token.ts'
import { type Checked, isRefused } from '../../src/engine/connection-finding.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  expect(town.sim.writes).toEqual([])
  await town.close()
})

const byToken = (value: string, login = 'acme') => checkToken(town.guardpost.means, login, value)
const scopes = ['repo', 'admin:org', 'admin:org_hook']
const classic = (held = scopes, expiresAt: number | null = null) =>
  town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes: held, expiresAt }).value
const refused = ({ findings }: Checked) => findings.filter(({ level }) => level === 'refused')
const warnings = ({ findings }: Checked) => findings.filter(({ level }) => level === 'warning')

describe('a token that can do all', () => {
  it('connects without a warning', async () => {
    const checked = await byToken(classic())
    expect(warnings(checked)).toEqual([])
    expect(checked.findings.map(({ about, found }) => `${about}: ${found}`)).toEqual([
      `Token: classic, of ${town.org.owner.login}`,
      'Organization: acme can be read',
      'Expiry: the token does not expire',
      'Scope `admin:org`: held',
      'Scope `admin:org_hook`: held',
      'Scope `repo`: held',
      'Repositories: can be read',
      'Webhooks of the organization: can be read',
    ])
    const { id, nodeId } = town.org
    const wanted = {
      kind: 'token',
      organizationId: id,
      organizationNodeId: nodeId,
      login: 'acme',
      installationId: null,
    }
    expect(checked.wanted).toEqual(wanted)
  })
})

describe('a token that can do some', () => {
  it('is told the scope that is missing, and the read that was refused', async () => {
    const checked = await byToken(classic(['repo', 'admin:org']))
    expect(isRefused(checked)).toBe(false)
    expect(warnings(checked).map(({ about }) => about)).toEqual([
      'Scope `admin:org_hook`',
      'Webhooks of the organization',
    ])
    expect(warnings(checked)[0]?.remedy?.action).toContain('`admin:org_hook`')
  })

  it('is told what a fine-grained one may not read', async () => {
    const { value } = town.sim.createToken({
      user: town.org.owner,
      kind: 'fine-grained',
      org: town.org,
      permissions: {},
    })
    const checked = await byToken(value)
    expect(isRefused(checked)).toBe(false)
    expect(warnings(checked)).toMatchObject([
      {
        about: 'Webhooks of the organization',
        remedy: { action: expect.stringContaining('`organization_hooks: read`') },
      },
    ])
  })

  it('is told when it ends soon', async () => {
    const checked = await byToken(classic(scopes, Date.now() + 3 * 86_400_000))
    expect(warnings(checked)).toMatchObject([
      { about: 'Expiry', found: expect.stringContaining('the token ends at 20') },
    ])
  })
})

describe('a token that cannot work is refused, with what to do', () => {
  it.each<[string, () => string]>([
    ['one that GitHub does not know', () => 'ghp_unknown'],
    ['one that ended', () => classic(scopes, Date.now() - 1_000)],
  ])('%s', async (_what, make) => {
    const checked = await byToken(make())
    const remedy = { who: 'the owner of the token', action: expect.stringContaining('Make a new classic token') }
    expect(refused(checked)).toMatchObject([{ found: expect.stringContaining('does not accept the token'), remedy }])
    expect(checked.wanted).toBeNull()
  })

  it.each<[Parameters<typeof town.org.policies.set>[0], RegExp]>([
    [{ classicTokens: 'forbidden' }, /does not allow classic/],
    [{ maxTokenLifetimeDays: 30 }, /longer than 30 days/],
    [{ samlEnforced: true }, /single sign-on/],
    [{ ipAllowList: true }, /IP allow list/],
  ])('by the policy %j of the organization', async (policy, reason) => {
    town.org.policies.set(policy)
    const checked = await byToken(classic())
    expect(refused(checked)).toMatchObject([{ found: expect.stringMatching(reason), remedy: expect.anything() }])
    expect(checked.wanted).toBeNull()
  })

  it.each([
    ['mona', /^mona is a person's account/],
    ['nobody', /it does not exist, or the connection of nobody may not see it/],
  ])('for %s, which is no organization', async (login, reason) => {
    town.sim.createUser('mona')
    expect(refused(await byToken(classic(), login))).toMatchObject([{ found: expect.stringMatching(reason) }])
  })
})

describe('an installation of the App', () => {
  const check = (login = 'acme') => checkInstallation(town.guardpost.means, login)

  it('that has all is connected', async () => {
    const { id } = town.install()
    const checked = await check()
    expect(warnings(checked)).toEqual([])
    expect(checked.wanted).toMatchObject({ kind: 'app', login: 'acme', installationId: id })
  })

  it('says what is not granted, and where it is mended', async () => {
    const installation = town.install({ repositorySelection: 'selected' })
    installation.revoke('organization_hooks')
    const checked = await check()
    expect(isRefused(checked)).toBe(false)
    expect(warnings(checked)).toMatchObject([
      { about: 'Repositories' },
      { about: 'Permission `organization_hooks`', remedy: { url: expect.stringMatching(/\/permissions\/update$/) } },
    ])
  })

  it('that is not there says where the App is installed', async () => {
    expect(refused(await check())).toMatchObject([
      {
        found: 'The App is not installed on acme.',
        remedy: { url: expect.stringMatching(/\/apps\/guardpost\/installations\/new$/) },
      },
    ])
  })
})
