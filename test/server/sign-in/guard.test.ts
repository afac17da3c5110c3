import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Browser } from './browser.ts'
import { type Door, door, ownPassword as own } from './door.ts'

jest.setTimeout(30_000)

let here: Door
let admin: Browser

beforeAll(async () => {
  here = await door()
  admin = await here.signedIn()
})
afterAll(() => here.close())

const person = { kind: 'local', login: 'mona' }

describe('what changes something', () => {
  it.each<[string, Record<string, string | null>, number]>([
    ['without a CSRF token', { 'x-csrf-token': null }, 403],
    ['with a wrong CSRF token', { 'x-csrf-token': 'x'.repeat(43) }, 403],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from our host by http', { origin: 'http://guardpost.example' }, 403],
    ['from nowhere in particular', { origin: 'null' }, 403],
    ['as a form would send it', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['as text', { 'content-type': 'text/plain' }, 400],
    ['without its session', { cookie: null }, 401],
    ['with a session that never was', { cookie: `__Host-guardpost=${'A'.repeat(43)}` }, 401],
  ])('is refused %s', async (_, headers, status) => {
    const refused = await admin.ask('POST', '/api/v1/people', person, headers)
    expect([refused.status, refused.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect((await here.store.people.named('local', 'mona')).length).toBe(0)
  })

  it('is refused with the token of another session', async () => {
    const other = here.browser()
    await other.signIn('admin', own)
    const refused = await admin.ask('POST', '/api/v1/people', person, { 'x-csrf-token': other.csrfToken })
    expect(refused.status).toBe(403)
  })

  it('goes through otherwise, and to what else is behind the guard', async () => {
    expect((await admin.ask('POST', '/api/v1/visitor', {}, { origin: null })).status).toBe(200)
    expect((await admin.ask('POST', '/api/v1/visitor')).status).toBe(200)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await admin.ask(method, '/api/v1/visitor', {}, { 'x-csrf-token': null })).status).toBe(403)
  })
})

describe('a sign-in', () => {
  const credentials = { login: 'admin', password: own }
  it.each<[string, Record<string, string | null>, number]>([
    ['without an origin', { origin: null }, 403],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['that is not JSON', { 'content-type': 'text/plain' }, 400],
  ])('is refused %s', async (_, headers, status) => {
    const stranger = here.browser()
    expect((await stranger.ask('POST', '/api/v1/session', credentials, headers)).status).toBe(status)
    expect(stranger.cookies.size).toBe(0)
  })

  it('takes no body that does not fit, is too large or is no JSON', async () => {
    const stranger = here.browser()
    const sent = (body: unknown) => stranger.ask('POST', '/api/v1/session', body)
    expect((await sent({ login: 'admin' })).status).toBe(422)
    expect((await sent({ login: 'admin', password: { $ne: '' } })).status).toBe(422)
    expect((await sent('{"login":')).status).toBe(400)
    expect((await sent({ login: 'admin', password: 'x'.repeat(20_000) })).status).toBe(413)
  })
})

describe('a password', () => {
  it.each([
    ['is too short', 'short'],
    ['has the name in it', 'the Admin of it all'],
    ['is the one before', own],
  ])('is not taken that %s', async (_, next) => {
    const refused = await admin.ask('PUT', '/api/v1/password', { current: own, next })
    expect(refused.status).toBe(422)
    expect((await here.browser().signIn('admin', own)).status).toBe(200)
  })

  it('is not changed without the present one', async () => {
    const refused = await admin.ask('PUT', '/api/v1/password', { current: 'guess', next: 'another password' })
    expect(refused.status).toBe(403)
  })
})

describe('browsers are told', () => {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  it('what to keep to, on whatever is answered', async () => {
    for (const path of ['/api/v1/session', '/api/v1/sign-in', '/nothing', '/api/v1/nothing']) {
      const { headers } = await here.browser().ask('GET', path)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000',
        ...(path.startsWith('/api') && { 'cache-control': 'no-store' }),
      })
    }
  })

  it('to stay with https only where we are reached by it', async () => {
    const plain = await door({ url: 'http://127.0.0.1:3000' })
    const { headers } = await plain.browser().ask('GET', '/api/v1/sign-in')
    expect(headers.get('strict-transport-security')).toBeNull()
    await plain.close()
  })
})
