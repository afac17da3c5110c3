import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'

const callback = 'https://app.example/callback'
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
let acme: Acme

beforeAll(async () => {
  acme = await startAcme()
  acme.app.callbackUrls = [callback, 'https://app.example/second']
})
afterAll(() => acme.close())

const page = (query: Record<string, string> = {}) =>
  `${acme.sim.htmlUrl}/login/oauth/authorize?${new URLSearchParams({ client_id: acme.app.clientId, ...query })}`

async function press(login: string, query: Record<string, string> = {}): Promise<URL> {
  const answer = await fetch(page(query), { method: 'POST', body: new URLSearchParams({ login }), redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '')
}

const codeOf = async (query: Record<string, string> = {}) => (await press('olga', query)).searchParams.get('code') ?? ''

async function exchange(sent: Record<string, string>) {
  const { clientId: client_id, clientSecret: client_secret } = acme.app
  const answer = await fetch(`${acme.sim.htmlUrl}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id, client_secret, ...sent }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Record<string, unknown>
}

describe('the page that asks a person', () => {
  it('names the App and who may be at the browser', async () => {
    const text = await (await fetch(page())).text()
    expect(text).toContain('<h1>Authorize Guard</h1>')
    expect(text).toContain('<button name="login" value="olga">')
    expect(text).not.toContain('[bot]')
  })

  it('sends back with a code and the state, to the address that was named', async () => {
    const to = await press('olga', { state: 's', redirect_uri: 'https://app.example/second' })
    expect(to.href).toMatch(/^https:\/\/app\.example\/second\?code=[\da-f]{20}&state=s$/)
  })

  it('sends back who names another address, or another way of PKCE, with an error', async () => {
    for (const [query, error] of [
      [{ redirect_uri: 'https://evil.example/', state: 's' }, 'redirect_uri_mismatch'],
      [{ code_challenge: challenge, code_challenge_method: 'plain', state: 's' }, 'invalid_request'],
      [{ code_challenge: challenge, state: 's' }, 'invalid_request'],
    ] as const) {
      const answer = await fetch(page(query), { redirect: 'manual' })
      const to = new URL(answer.headers.get('location') ?? '')
      expect([to.origin + to.pathname, to.searchParams.get('error'), to.searchParams.get('state')]).toEqual([
        callback,
        error,
        's',
      ])
    }
    expect((await fetch(page({ client_id: 'nobody' }))).status).toBe(404)
  })
})

describe('a code', () => {
  it('is good for one token, which tells who the person is and no more', async () => {
    const code = await codeOf()
    const answer = await exchange({ code })
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^ghu_\w{36}$/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_\w{36}$/),
      refresh_token_expires_in: 15_897_600,
      scope: '',
      token_type: 'bearer',
    })
    const ask = acme.as(`token ${answer.access_token}`)
    expect((await ask('GET', '/user')).body).toMatchObject({ login: 'olga' })
    expect((await ask('GET', '/orgs/acme/members')).status).toBe(403)
    expect(await exchange({ code })).toMatchObject({ error: 'bad_verification_code' })
  })

  it('is refused to who does not prove to be who asked', async () => {
    const withPkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    expect(await exchange({ code: await codeOf(), client_secret: 'x' })).toMatchObject({
      error: 'incorrect_client_credentials',
    })
    expect(await exchange({ code: await codeOf(), redirect_uri: 'https://app.example/second' })).toMatchObject({
      error: 'redirect_uri_mismatch',
    })
    expect(await exchange({ code: await codeOf(withPkce) })).toMatchObject({ error: 'bad_verification_code' })
    expect(await exchange({ code: await codeOf(withPkce), code_verifier: verifier })).toHaveProperty('access_token')
  })
})

describe('a membership', () => {
  it('is told to an App that may read members, by name', async () => {
    acme.app.request({ ...acme.app.permissions, members: 'read' })
    acme.installation.grant()
    const ask = await acme.asInstallation()
    acme.org.addMember('mona')
    expect((await ask('GET', '/orgs/acme/memberships/OLGA')).body).toMatchObject({ role: 'admin', state: 'active' })
    expect((await ask('GET', '/orgs/acme/memberships/mona')).body).toMatchObject({ role: 'member' })
    expect((await ask('GET', '/orgs/acme/memberships/nobody')).status).toBe(404)
    acme.installation.revoke('members')
    expect((await ask('GET', '/orgs/acme/memberships/mona')).status).toBe(403)
  })
})
