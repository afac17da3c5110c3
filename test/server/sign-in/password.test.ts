import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Door, door } from './door.ts'

const own = 'correct horse battery'
jest.setTimeout(30_000)

let here: Door

beforeEach(async () => {
  here = await door()
})
afterEach(() => here.close())

describe('the first administrator', () => {
  it('signs in with the one-time password, and may do nothing before it is changed', async () => {
    const admin = here.browser()
    expect((await admin.ask('GET', '/api/v1/sign-in')).body).toEqual({ password: true, github: null })
    const signedIn = await admin.signIn('admin', here.password)
    expect(signedIn.status).toBe(200)
    expect(signedIn.body).toMatchObject({
      person: { kind: 'local', login: 'admin', mustChangePassword: true },
      holdings: [{ role: 'Owner', at: null, from: 'grant' }],
    })
    for (const [method, path] of [
      ['GET', '/api/v1/visitor'],
      ['POST', '/api/v1/visitor'],
      ['GET', '/api/v1/sessions'],
      ['GET', '/api/v1/openapi.json'],
    ] as const) {
      const refused = await admin.ask(method, path)
      expect(refused.status).toBe(403)
      expect(refused.headers.get('content-type')).toBe('application/problem+json')
      expect(refused.body.detail).toContain('PUT /api/v1/password')
    }
    const changed = await admin.ask('PUT', '/api/v1/password', { current: here.password, next: own })
    expect(changed.status).toBe(200)
    expect((await admin.ask('GET', '/api/v1/visitor')).body).toEqual({
      personId: 1,
      login: 'admin',
      holdings: [{ role: 'Owner', place: 'everywhere', from: 'grant' }],
      source: 'api',
    })
    expect((await here.browser().signIn('admin', here.password)).status).toBe(401)
    expect((await here.browser().signIn('ADMIN', own)).status).toBe(200)
  })
})
