import { describe, expect, it } from '@jest/globals'
import { diagnose } from '../../src/github/diagnosis.ts'
import type { RefusalFacts } from '../../src/github/refusal-facts.ts'
import { keyUnusable, notSent } from '../../src/github/refusal-facts.ts'
import type { RefusalContext, Standing } from '../../src/github/refusals/row.ts'

const now = Date.UTC(2026, 0, 2, 3, 4, 5)
const call = 'GET /orgs/{org}/hooks'

const app: RefusalContext = {
  connection: { login: 'acme', installationId: 77 },
  credential: 'installation',
  call,
  htmlUrl: 'https://github.com',
  standing: null,
  now,
}
const classic: RefusalContext = {
  ...app,
  connection: { login: 'acme', installationId: null },
  credential: 'classic-token',
}
const fineGrained: RefusalContext = { ...classic, credential: 'fine-grained-token' }
const asApp: RefusalContext = { ...app, credential: 'app', call: 'GET /app' }

function facts(status: number | null, message: string, more: Partial<RefusalFacts> = {}): RefusalFacts {
  return { status, message, type: null, documentationUrl: null, headers: {}, ...more }
}

const accepts = (permissions: string) => ({ headers: { 'x-accepted-github-permissions': permissions } })
const standing = (requested: Standing['requested'], granted: Standing['granted']): Standing => ({
  slug: 'guardpost',
  owner: { login: 'initech', kind: 'Organization' },
  requested,
  granted,
})

describe('a missing permission of an installation', () => {
  const refused = facts(403, 'Resource not accessible by integration', accepts('organization_hooks=read'))

  it('that the App does not request is requested by the App’s owner', () => {
    const context = { ...app, standing: standing({ metadata: 'read' }, { metadata: 'read' }) }
    expect(diagnose(refused, context)).toEqual({
      diagnosis: {
        code: 'permission-not-requested',
        reason: 'GET /orgs/{org}/hooks was refused: the App does not request `organization_hooks: read`.',
        missing: { key: 'organization_hooks', needed: 'read', requested: null, granted: null },
        remedy: {
          who: 'initech, who owns the App',
          action: 'Request `organization_hooks: read`; then an owner of acme accepts it.',
          url: 'https://github.com/organizations/initech/settings/apps/guardpost/permissions',
        },
        call,
      },
      retryAt: null,
    })
  })

  it('that is requested but not accepted is accepted by an owner of the organization', () => {
    const context = { ...app, standing: standing({ organization_hooks: 'write' }, { metadata: 'read' }) }
    expect(diagnose(refused, context)).toEqual({
      diagnosis: {
        code: 'permission-not-granted',
        reason: 'GET /orgs/{org}/hooks was refused: acme has not granted the App `organization_hooks: read`.',
        missing: { key: 'organization_hooks', needed: 'read', requested: 'write', granted: null },
        remedy: {
          who: 'an owner of acme',
          action: "Review the App's request and accept `organization_hooks: read`.",
          url: 'https://github.com/organizations/acme/settings/installations/77/permissions/update',
        },
        call,
      },
      retryAt: null,
    })
  })

  it('is named when only the level is too low', () => {
    const write = facts(403, 'Resource not accessible by integration', accepts('organization_hooks=write'))
    const context = { ...app, standing: standing({ organization_hooks: 'read' }, { organization_hooks: 'read' }) }
    expect(diagnose(write, context).diagnosis).toMatchObject({
      code: 'permission-not-requested',
      missing: { key: 'organization_hooks', needed: 'write', requested: 'read', granted: 'read' },
    })
  })

  it('is the one that lacks least among alternatives, and all of it is named', () => {
    const either = facts(
      403,
      'Resource not accessible by integration',
      accepts('pull_requests=write,contents=read; issues=write,contents=read'),
    )
    const context = {
      ...app,
      standing: standing({ issues: 'write', contents: 'read', pull_requests: 'write' }, { issues: 'write' }),
    }
    expect(diagnose(either, context).diagnosis).toMatchObject({
      code: 'permission-not-granted',
      reason: 'GET /orgs/{org}/hooks was refused: acme has not granted the App `contents: read`.',
      missing: { key: 'contents', needed: 'read', requested: 'read', granted: null },
    })
    expect(diagnose(either, app).diagnosis.reason).toBe(
      'GET /orgs/{org}/hooks was refused: acme has not granted the App `pull_requests: write` and `contents: read`.',
    )
  })

  it('says only what is known when nothing is known of the App', () => {
    expect(diagnose(refused, app).diagnosis.missing).toEqual({ key: 'organization_hooks', needed: 'read' })
    expect(diagnose(facts(403, 'Resource not accessible by integration'), app).diagnosis).toEqual({
      code: 'permission-not-granted',
      reason: `${call} was refused: acme has not granted the App a permission that GitHub does not name.`,
      remedy: {
        who: 'an owner of acme',
        action: "Review the App's request and accept a permission that GitHub does not name.",
        url: 'https://github.com/organizations/acme/settings/installations/77/permissions/update',
      },
      call,
    })
  })

  it('is not it when all is granted: the repository is left out, and waiting does not help', () => {
    const context = { ...app, standing: standing({ organization_hooks: 'read' }, { organization_hooks: 'read' }) }
    expect(diagnose(refused, context)).toEqual({
      diagnosis: {
        code: 'refused',
        reason: `${call} was refused although the permission is granted: the installation may not cover this repository.`,
        remedy: {
          who: 'an owner of acme',
          action: 'Let the App reach all repositories.',
          url: 'https://github.com/organizations/acme/settings/installations/77',
        },
        call,
      },
      retryAt: null,
    })
  })

  it('shows behind a 404 too, when what is granted is known', () => {
    const notFound = facts(404, 'Not Found', accepts('organization_hooks=read'))
    const lacks = { ...app, standing: standing({ organization_hooks: 'read' }, {}) }
    const has = { ...app, standing: standing({ organization_hooks: 'read' }, { organization_hooks: 'read' }) }
    expect(diagnose(notFound, lacks).diagnosis.code).toBe('permission-not-granted')
    expect(diagnose(notFound, has).diagnosis.code).toBe('hidden')
  })

  it('stays one when it is also the last request of the hour', () => {
    const last = { ...refused, headers: { ...refused.headers, 'x-ratelimit-remaining': '0' } }
    expect(diagnose(last, app).diagnosis.code).toBe('permission-not-granted')
  })

  it('is known in GraphQL by its words', () => {
    const graph = facts(200, 'Resource not accessible by integration', { type: 'FORBIDDEN' })
    expect(diagnose(graph, app).diagnosis.code).toBe('permission-not-granted')
  })
})

describe('credentials', () => {
  it.each([
    [classic, 'classic', 'https://github.com/settings/tokens'],
    [fineGrained, 'fine-grained', 'https://github.com/settings/personal-access-tokens'],
  ])('a bad token is made anew by its owner (%#)', (context, kind, url) => {
    expect(diagnose(facts(401, 'Bad credentials'), context)).toEqual({
      diagnosis: {
        code: 'bad-credentials',
        reason: 'GitHub does not accept the token of acme: Bad credentials',
        remedy: { who: 'the owner of the token', action: `Make a new ${kind} token and connect acme with it.`, url },
        call,
      },
      retryAt: null,
    })
  })

  it.each(['A JSON web token could not be decoded', 'Bad credentials'])('a key that is not the App’s: %s', (words) => {
    expect(diagnose(facts(401, words), asApp).diagnosis).toEqual({
      code: 'bad-credentials',
      reason: `GitHub does not accept the App's id and private key: ${words}`,
      remedy: {
        who: "the App's owner",
        action:
          "Compare APP_ID with the App's page; if it is right, generate a new private key there and set PRIVATE_KEY.",
        url: 'https://github.com/settings/apps',
      },
      call: 'GET /app',
    })
  })

  it('an App that is not there is no hidden thing', () => {
    expect(diagnose(facts(404, 'Integration not found'), asApp).diagnosis.code).toBe('bad-credentials')
  })

  it('a wrong clock is told by how much', () => {
    const words = "'Expiration time' claim ('exp') is too far in the future"
    const late = facts(401, words, { headers: { date: 'Fri, 02 Jan 2026 03:02:05 GMT' } })
    expect(diagnose(late, asApp).diagnosis).toEqual({
      code: 'bad-credentials',
      reason: `GitHub refuses the App's signature: the clock here is 120 s ahead of GitHub's: ${words}`,
      remedy: { who: 'who runs this server', action: 'Set its clock right (NTP) and try again.' },
      call: 'GET /app',
    })
    expect(diagnose(facts(401, words), asApp).diagnosis.reason).toContain("the clock here differs from GitHub's")
  })

  it('an unusable key is the server’s matter', () => {
    const diagnosis = diagnose(facts(null, '', { type: keyUnusable }), asApp).diagnosis
    expect(diagnosis.code).toBe('bad-credentials')
    expect(diagnosis.remedy?.action).toContain('PRIVATE_KEY_PATH')
  })

  it('a refused installation token is tried again', () => {
    const { diagnosis, retryAt } = diagnose(facts(401, 'Bad credentials'), app)
    expect(diagnosis.code).toBe('bad-credentials')
    expect(retryAt).toBe(now + 30_000)
  })

  it('a suspended installation is lifted by an owner', () => {
    expect(diagnose(facts(403, 'This installation has been suspended'), asApp).diagnosis).toEqual({
      code: 'suspended',
      reason: 'The installation of the App on acme is suspended.',
      remedy: {
        who: 'an owner of acme',
        action: 'Unsuspend the App.',
        url: 'https://github.com/organizations/acme/settings/installations/77',
      },
      call: 'GET /app',
    })
  })

  it.each(['POST /app/installations/{installation_id}/access_tokens', 'GET /app/installations/{installation_id}'])(
    'an installation that is gone: %s',
    (route) => {
      const context = { ...asApp, call: route, standing: standing({}, null) }
      expect(diagnose(facts(404, 'Not Found'), context).diagnosis).toEqual({
        code: 'uninstalled',
        reason: 'The App is no longer installed on acme.',
        remedy: {
          who: 'an owner of acme',
          action: 'Install the App again.',
          url: 'https://github.com/apps/guardpost/installations/new',
        },
        call: route,
      })
    },
  )
})

describe('tokens', () => {
  it('a classic token without the scope for organization hooks', () => {
    const scopes = { 'x-accepted-oauth-scopes': 'admin:org_hook', 'x-oauth-scopes': 'read:org, repo' }
    expect(diagnose(facts(404, 'Not Found', { headers: scopes }), classic).diagnosis).toEqual({
      code: 'scope-missing',
      reason: 'GET /orgs/{org}/hooks needs a token with `admin:org_hook`.',
      missing: { key: 'admin:org_hook', needed: null },
      remedy: {
        who: 'the owner of the token',
        action: 'Give the token the scope `admin:org_hook`, or connect with one that has it.',
        url: 'https://github.com/settings/tokens',
      },
      call,
    })
  })

  it.each([
    { 'x-accepted-oauth-scopes': 'admin:org_hook', 'x-oauth-scopes': 'admin:org_hook, repo' },
    { 'x-accepted-oauth-scopes': '', 'x-oauth-scopes': '' },
    { 'x-accepted-oauth-scopes': 'repo' },
  ])('is hidden where no scope is missing (%#)', (headers) => {
    expect(diagnose(facts(404, 'Not Found', { headers }), classic).diagnosis).toEqual({
      code: 'hidden',
      reason:
        'GitHub answers 404 to GET /orgs/{org}/hooks: it does not exist, or the connection of acme may not see it.',
      remedy: { who: 'the owner of the token', action: 'Check that the token and its owner reach acme.' },
      call,
    })
  })

  it('names the scopes that GraphQL names', () => {
    const words =
      "Your token has not been granted the required scopes to execute this query. The 'name' field requires one of the following scopes: ['read:org', 'read:discussion'], but your token has only been granted the: ['repo'] scopes."
    const diagnosis = diagnose(facts(200, words, { type: 'INSUFFICIENT_SCOPES' }), classic).diagnosis
    expect(diagnosis.code).toBe('scope-missing')
    expect(diagnosis.reason).toBe('GET /orgs/{org}/hooks needs a token with `read:org` or `read:discussion`.')
  })

  it('a fine-grained token without a permission', () => {
    const refused = facts(403, 'Resource not accessible by personal access token', accepts('organization_hooks=write'))
    expect(diagnose(refused, fineGrained).diagnosis).toEqual({
      code: 'permission-not-granted',
      reason:
        'GET /orgs/{org}/hooks was refused: the token lacks `organization_hooks: write`: Resource not accessible by personal access token',
      missing: { key: 'organization_hooks', needed: 'write' },
      remedy: {
        who: 'the owner of the token',
        action: 'Edit the token: grant it `organization_hooks: write`; then an owner of acme approves it.',
        url: 'https://github.com/settings/personal-access-tokens',
      },
      call,
    })
  })

  it.each([
    ['`acme` forbids access via a personal access token (classic). Please use a GitHub App.', classic, 'classic'],
    [
      '`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App.',
      fineGrained,
      'fine-grained',
    ],
  ])('an organization that refuses tokens: %s', (words, context, kind) => {
    expect(diagnose(facts(403, words), context).diagnosis).toEqual({
      code: 'refused',
      reason: `acme does not allow ${kind} personal access tokens: ${words}`,
      remedy: {
        who: 'an owner of acme',
        action: `Allow ${kind} tokens, or connect through the App.`,
        url: 'https://github.com/organizations/acme/settings/personal-access-tokens',
      },
      call,
    })
  })

  it('a token that lives too long', () => {
    const words =
      "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/123"
    expect(diagnose(facts(403, words), fineGrained).diagnosis).toEqual({
      code: 'refused',
      reason: `acme refuses tokens that live longer than 90 days: ${words}`,
      remedy: {
        who: 'the owner of the token',
        action: 'Let the token expire within 90 days.',
        url: 'https://github.com/settings/personal-access-tokens/123',
      },
      call,
    })
  })

  it.each([
    [
      'https://github.com/orgs/acme/sso?authorization_request=A1',
      'https://github.com/orgs/acme/sso?authorization_request=A1',
    ],
    ['https://evil.example/sso', 'https://github.com/settings/tokens'],
  ])('single sign-on at %s', (page, url) => {
    const words =
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.'
    const headers = { 'x-github-sso': `required; url=${page}` }
    expect(diagnose(facts(403, words, { headers }), classic).diagnosis).toEqual({
      code: 'refused',
      reason: 'acme uses single sign-on, and the token is not authorized for it.',
      remedy: { who: 'the owner of the token', action: 'Authorize the token for single sign-on with acme.', url },
      call,
    })
  })
})

describe('other walls', () => {
  it('an IP allow list', () => {
    const words =
      'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and 192.0.2.1 is not permitted to access this resource.'
    expect(diagnose(facts(403, words), app).diagnosis).toEqual({
      code: 'refused',
      reason: `The IP allow list of acme leaves this server out: ${words}`,
      remedy: {
        who: 'an owner of acme',
        action: "Add this server's address to the IP allow list.",
        url: 'https://github.com/organizations/acme/settings/security',
      },
      call,
    })
  })

  it('a plan', () => {
    const words = 'Upgrade to GitHub Team to enable this feature.'
    expect(diagnose(facts(403, words), app).diagnosis).toEqual({
      code: 'plan',
      reason: `The plan of acme does not include what ${call} asks for: ${words}`,
      remedy: { who: 'an owner of acme', action: 'Upgrade the plan, or set the policy to Skip.' },
      call,
    })
  })

  it('a hidden thing, for an installation', () => {
    expect(diagnose(facts(404, 'Not Found'), app).diagnosis).toMatchObject({
      code: 'hidden',
      remedy: { who: 'an owner of acme', url: 'https://github.com/organizations/acme/settings/installations/77' },
    })
  })

  it('anything else, in GitHub’s words', () => {
    const url = 'https://docs.github.com/rest/orgs/webhooks'
    const words = 'Validation Failed: Hook already exists on this organization'
    expect(diagnose(facts(422, words, { documentationUrl: url }), app)).toEqual({
      diagnosis: {
        code: 'refused',
        reason: `GitHub refused ${call} (422): ${words}`,
        remedy: { who: 'an owner of acme', action: "See GitHub's documentation.", url },
        call,
      },
      retryAt: null,
    })
    expect(diagnose(facts(409, ''), app).diagnosis.reason).toBe(`GitHub refused ${call} (409).`)
  })

  it('what we do not send is no fault of GitHub’s', () => {
    expect(diagnose(facts(null, 'odd path', { type: notSent }), app)).toEqual({
      diagnosis: { code: 'refused', reason: `${call} was not sent: odd path`, call },
      retryAt: null,
    })
  })
})

describe('limits', () => {
  const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767323105' }

  it.each([403, 429])('the hour’s requests are used up (%d)', (status) => {
    const words = 'API rate limit exceeded for installation ID 77.'
    expect(diagnose(facts(status, words, { headers: spent }), app)).toEqual({
      diagnosis: {
        code: 'rate-limited',
        reason: `GitHub's rate limit is used up until 2026-01-02T03:05:05.000Z; ${call} was refused.`,
        call,
      },
      retryAt: Date.UTC(2026, 0, 2, 3, 5, 5),
    })
  })

  it('a spent classic token lacks no scope', () => {
    const headers = { ...spent, 'x-accepted-oauth-scopes': 'admin:org_hook', 'x-oauth-scopes': 'repo' }
    expect(diagnose(facts(403, 'API rate limit exceeded', { headers }), classic).diagnosis.code).toBe('rate-limited')
  })

  it('a 404 is no limit, even with nothing remaining', () => {
    expect(diagnose(facts(404, 'Not Found', { headers: spent }), app).diagnosis.code).toBe('hidden')
  })

  it.each(['RATE_LIMITED', 'RATE_LIMIT'])('GraphQL’s %s', (type) => {
    const limited = facts(200, 'API rate limit already exceeded for user ID 1.', { type, headers: spent })
    expect(diagnose(limited, app)).toMatchObject({ diagnosis: { code: 'rate-limited' }, retryAt: now + 60_000 })
  })

  it.each([
    [{ 'retry-after': '17' }, now + 17_000],
    [{}, now + 60_000],
    [{ 'retry-after': 'soon' }, now + 60_000],
  ])('a secondary limit (%#)', (headers, retryAt) => {
    const words = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
    expect(diagnose(facts(403, words, { headers }), app)).toEqual({
      diagnosis: {
        code: 'rate-limited',
        reason: `GitHub asks to slow down: a secondary rate limit was exceeded by ${call}.`,
        call,
      },
      retryAt,
    })
  })

  it.each([
    [facts(502, 'Server Error'), `GitHub could not answer ${call} (502): Server Error`],
    [facts(503, ''), `GitHub could not answer ${call} (503).`],
    [facts(null, 'connect ECONNREFUSED'), `GitHub did not answer ${call}: connect ECONNREFUSED`],
    [
      facts(200, 'Something went wrong while executing your query. This may be the result of a timeout.'),
      `GitHub could not answer ${call} (200): Something went wrong while executing your query. This may be the result of a timeout.`,
    ],
  ])('GitHub is not there (%#)', (given, reason) => {
    expect(diagnose(given, app)).toEqual({ diagnosis: { code: 'unavailable', reason, call }, retryAt: now + 30_000 })
  })
})
