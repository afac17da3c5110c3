import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { OrganizationPolicies } from '../../src/simulator/organization-policies.ts'
import type { ClassicToken, FineGrainedToken } from '../../src/simulator/token.ts'
import { type Acme, startAcme } from './acme.ts'

const day = 24 * 60 * 60 * 1000
const start = Date.parse('2026-01-10T12:00:00Z')

const classicForbidden =
  '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.'
const fineGrainedForbidden =
  '`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.'
const saml =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.'
const ipAllowList =
  'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.'

describe('the policies of an organization', () => {
  let acme: Acme
  beforeEach(async () => {
    acme = await startAcme({ clock: () => start })
    acme.org.createRepository({ name: 'one', visibility: 'public' })
  })
  afterEach(() => acme.close())

  const classic = (expiresAt?: number) =>
    acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: ['repo', 'admin:org_hook'], expiresAt })
  const fineGrained = (expiresAt?: number | null) =>
    acme.sim.createToken({ user: 'olga', kind: 'fine-grained', org: acme.org, permissions: {}, expiresAt })
  const refusal = async ({ value }: { value: string }, path = '/repos/acme/one') => {
    const { status, body } = await acme.as(`token ${value}`)('GET', path)
    return [status, body.message]
  }
  const set = (change: Partial<OrganizationPolicies>) => acme.org.policies.set(change)

  it('keep tokens out by their kind, from what is public too', async () => {
    set({ classicTokens: 'forbidden' })
    const token = classic()
    expect(await refusal(token)).toEqual([403, classicForbidden])
    expect(await refusal(token, '/orgs/acme/hooks')).toEqual([403, classicForbidden])
    expect((await refusal(token, '/user'))[0]).toBe(200)
    expect((await refusal(fineGrained()))[0]).toBe(200)
    set({ classicTokens: 'allowed', fineGrainedTokens: 'forbidden' })
    expect((await refusal(token))[0]).toBe(200)
    expect(await refusal(fineGrained())).toEqual([403, fineGrainedForbidden])
    expect((await acme.asNobody('GET', '/repos/acme/one')).status).toBe(200)
    expect((await (await acme.asInstallation())('GET', '/repos/acme/one')).status).toBe(200)
  })

  it('keep tokens out that live too long', async () => {
    set({ maxTokenLifetimeDays: 30 })
    const [forEver, long] = [classic(), fineGrained(start + 31 * day)]
    expect(await refusal(forEver)).toEqual([
      403,
      `The 'acme' organization forbids access via a personal access tokens (classic) if the token's lifetime is greater than 30 days. Please adjust your token's lifetime at the following URL: ${acme.sim.htmlUrl}/settings/tokens/${forEver.id}`,
    ])
    expect(await refusal(long)).toEqual([
      403,
      `The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 30 days. Please adjust your token's lifetime at the following URL: ${acme.sim.htmlUrl}/settings/personal-access-tokens/${long.id}`,
    ])
    expect((await refusal(fineGrained(null)))[0]).toBe(403)
    expect((await refusal(classic(start + 30 * day)))[0]).toBe(200)
    expect((await refusal(fineGrained(start + 30 * day)))[0]).toBe(200)
  })

  it('ask members’ classic tokens for a single sign-on', async () => {
    set({ samlEnforced: true })
    const token = classic() as ClassicToken
    const { status, body, headers } = await acme.as(`token ${token.value}`)('GET', '/repos/acme/one')
    expect(status).toBe(403)
    expect(body).toEqual({
      message: saml,
      documentation_url:
        'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
      status: '403',
    })
    expect(headers.get('x-github-sso')).toMatch(
      new RegExp(`^required; url=${acme.sim.htmlUrl}/orgs/acme/sso\\?authorization_request=[\\w-]+$`),
    )
    acme.sim.signOn(token, acme.org)
    expect((await refusal(token))[0]).toBe(200)
    expect((await refusal(fineGrained()))[0]).toBe(200)
    const stranger = acme.sim.createToken({ user: 'stranger', kind: 'classic', scopes: ['repo'] })
    expect((await refusal(stranger))[0]).toBe(200)
  })

  it('keep all callers out whose address is not on the list', async () => {
    const ask = await acme.asInstallation()
    set({ ipAllowList: true })
    for (const asked of ['/orgs/acme', '/repos/acme/one', '/installation/repositories']) {
      expect(await ask('GET', asked)).toMatchObject({ status: 403, body: { message: ipAllowList } })
    }
    expect(await acme.asApp('POST', `/app/installations/${acme.installation.id}/access_tokens`)).toMatchObject({
      status: 403,
      body: {
        message: ipAllowList,
        documentation_url: 'https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app',
      },
    })
    expect(await refusal(classic())).toEqual([403, ipAllowList])
    expect((await acme.asApp('GET', '/app')).status).toBe(200)
    expect((await acme.asNobody('GET', '/repos/acme/one')).status).toBe(200)
  })

  it.each([
    ['an organization', '{ organization(login: "acme") { login } }', 'organization'],
    ['a repository', '{ repository(owner: "acme", name: "one") { name } }', 'repository'],
  ])('are told by GraphQL with status 200 of %s', async (_, query, field) => {
    const token = classic() as ClassicToken | FineGrainedToken
    const graphql = () => acme.as(`bearer ${token.value}`)('POST', '/graphql', { query })
    set({ samlEnforced: true })
    const single = await graphql()
    expect(single).toMatchObject({
      status: 200,
      body: {
        data: { [field]: null },
        errors: [{ type: 'FORBIDDEN', path: [field], extensions: { saml_failure: true }, message: saml }],
      },
    })
    expect(single.headers.get('x-github-sso')).toMatch(/^required; url=/)
    set({ samlEnforced: false, classicTokens: 'forbidden' })
    const kind = await graphql()
    expect(kind.body.errors).toMatchObject([
      { type: 'FORBIDDEN', path: [field], extensions: { saml_failure: false }, message: classicForbidden },
    ])
    expect(kind.headers.get('x-github-sso')).toBeNull()
  })

  it('are none of other organizations’', async () => {
    set({ classicTokens: 'forbidden', ipAllowList: true })
    acme.sim.createOrganization({ login: 'other' }).createRepository({ name: 'theirs', visibility: 'public' })
    expect((await refusal(classic(), '/repos/other/theirs'))[0]).toBe(200)
  })
})
