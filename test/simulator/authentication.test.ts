import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'
import { jwtOf } from './ask.ts'

const seconds = () => Math.floor(Date.now() / 1000)

describe('authentication', () => {
  let acme: Acme
  beforeAll(async () => {
    acme = await startAcme()
  })
  afterAll(() => acme.close())

  const withJwt = (claims: Record<string, unknown>, header?: object) =>
    acme.as(`Bearer ${jwtOf(acme.app, claims, header)}`)('GET', '/app')

  it('knows an App by its id and by its client id', async () => {
    for (const iss of [acme.app.id, String(acme.app.id), acme.app.clientId]) {
      const { status, body } = await withJwt({ iss })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id: acme.app.id, slug: 'guard', installations_count: 1 })
    }
  })

  it.each([
    [
      { exp: 1 },
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    ],
    [{ exp: seconds() + 660 }, "'Expiration time' claim ('exp') is too far in the future"],
    [
      { iat: seconds() + 120 },
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    ],
    [{ iat: 1.5 }, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"],
  ])('refuses a JWT with %j in the words of GitHub', async (claims, message) => {
    const { status, body } = await withJwt(claims)
    expect(status).toBe(401)
    expect(body).toEqual({ message, documentation_url: 'https://docs.github.com/rest', status: '401' })
  })

  it('refuses what is not signed by the App with RS256', async () => {
    const other = acme.sim.createApp({ name: 'Other', owner: acme.org, permissions: {} })
    const forged = await acme.as(`Bearer ${jwtOf(other, { iss: acme.app.id })}`)('GET', '/app')
    expect([forged.status, forged.body.message]).toEqual([401, 'A JSON web token could not be decoded'])
    expect((await withJwt({}, { alg: 'none' })).body.message).toBe('A JSON web token could not be decoded')
    expect(await withJwt({ iss: 1 })).toMatchObject({ status: 404, body: { message: 'Integration not found' } })
  })

  it('refuses unknown and revoked tokens, and does not take them for anonymous callers', async () => {
    const token = acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: [] })
    expect((await acme.as(`token ${token.value}`)('GET', '/user')).body.login).toBe('olga')
    acme.sim.revokeToken(token)
    for (const value of [token.value, 'ghp_nothing']) {
      const { status, body } = await acme.as(`token ${value}`)('GET', '/meta')
      expect([status, body.message]).toEqual([401, 'Bad credentials'])
    }
    expect((await acme.asNobody('GET', '/meta')).status).toBe(200)
    expect(await acme.asNobody('GET', '/user')).toMatchObject({
      status: 401,
      body: { message: 'Requires authentication' },
    })
  })

  it('shows an App’s own operations to nobody else', async () => {
    const ask = await acme.asInstallation()
    const { status, body } = await ask('GET', '/app')
    expect([status, body.message]).toEqual([401, 'A JSON web token could not be decoded'])
    expect((await ask('GET', '/user')).body.message).toBe('Resource not accessible by integration')
  })

  it('says what a token is in headers', async () => {
    const classic = acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: ['repo', 'read:org'] })
    const hooks = await acme.as(`token ${classic.value}`)('GET', '/orgs/acme/hooks')
    expect(hooks.status).toBe(404)
    expect(hooks.headers.get('x-oauth-scopes')).toBe('repo, read:org')
    expect(hooks.headers.get('x-accepted-oauth-scopes')).toBe('admin:org_hook')
    const expiresAt = Date.parse('2099-03-04T05:06:07Z')
    const fine = acme.sim.createToken({ user: 'olga', kind: 'fine-grained', org: acme.org, permissions: {}, expiresAt })
    const { headers } = await acme.as(`Bearer ${fine.value}`)('GET', '/user')
    expect(headers.get('github-authentication-token-expiration')).toBe('2099-03-04 05:06:07 UTC')
    expect(headers.get('x-oauth-scopes')).toBeNull()
    const past = acme.sim.createToken({
      user: 'olga',
      kind: 'fine-grained',
      org: acme.org,
      permissions: {},
      expiresAt: 1,
    })
    expect((await acme.as(`Bearer ${past.value}`)('GET', '/user')).body.message).toBe('Bad credentials')
  })
})

describe('an installation token', () => {
  it('lives for an hour', async () => {
    let now = Date.now()
    const acme = await startAcme({ clock: () => now })
    const { body } = await acme.asApp('POST', `/app/installations/${acme.installation.id}/access_tokens`)
    const ask = acme.as(`token ${body.token}`)
    now += 3_599_000
    expect((await ask('GET', '/installation/repositories')).status).toBe(200)
    now += 2_000
    expect(await ask('GET', '/installation/repositories')).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    })
    await acme.close()
  })

  it('is refused while its installation is suspended, and dies with it', async () => {
    const acme = await startAcme()
    const ask = await acme.asInstallation()
    acme.installation.suspend()
    const suspended = { status: 403, body: { message: 'This installation has been suspended', status: '403' } }
    const tokens = `/app/installations/${acme.installation.id}/access_tokens`
    expect(await ask('GET', '/installation/repositories')).toMatchObject(suspended)
    expect(await acme.asApp('POST', tokens)).toMatchObject(suspended)
    acme.installation.unsuspend()
    expect((await ask('GET', '/installation/repositories')).status).toBe(200)
    acme.installation.uninstall()
    expect((await ask('GET', '/installation/repositories')).status).toBe(401)
    expect((await acme.asApp('POST', tokens)).status).toBe(404)
    await acme.close()
  })

  it('can be narrowed to permissions and repositories that the installation has', async () => {
    const acme = await startAcme({ permissions: { issues: 'write', contents: 'read' } })
    const one = acme.org.createRepository({ name: 'one' })
    acme.org.createRepository({ name: 'two' })
    const ask = await acme.asInstallation({ repositories: ['one'], permissions: { issues: 'read', metadata: 'read' } })
    expect((await ask('GET', '/installation/repositories')).body.repositories).toMatchObject([{ id: one.id }])
    expect((await ask('GET', '/repos/acme/two')).status).toBe(404)
    expect((await ask('POST', '/repos/acme/one/issues', { title: 'x' })).status).toBe(403)
    const tokens = `/app/installations/${acme.installation.id}/access_tokens`
    expect((await acme.asApp('POST', tokens, { permissions: { contents: 'write' } })).status).toBe(422)
    expect((await acme.asApp('POST', tokens, { repositories: ['three'] })).status).toBe(422)
    await acme.close()
  })
})
