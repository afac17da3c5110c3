import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Browser } from './browser.ts'
import { type Door, door, ownPassword as own } from './door.ts'

const hour = 3_600_000
jest.setTimeout(30_000)

let here: Door

beforeEach(async () => {
  here = await door()
})
afterEach(() => here.close())

const status = async (browser: Browser) => (await browser.ask('GET', '/api/v1/session')).status

describe('a session', () => {
  it('is in a cookie that only this host gets, by https, and no script', async () => {
    const seen = await here.browser().signIn('admin', here.password)
    const [cookie = ''] = seen.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-guardpost=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    await here.close()
    here = await door({ url: 'http://127.0.0.1:3000' })
    const [plain = ''] = (await here.browser().signIn('admin', here.password)).headers.getSetCookie()
    expect(plain).toMatch(/^guardpost=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('ends when nobody used it for eight hours', async () => {
    const browser = await here.signedIn()
    here.pass(7 * hour)
    expect(await status(browser)).toBe(200)
    here.pass(8 * hour - 1)
    expect(await status(browser)).toBe(200)
    here.pass(8 * hour)
    expect(await status(browser)).toBe(401)
    expect(await here.store.sessions.list({ limit: 9 })).toEqual([])
  })

  it('ends after a week, however much it is used', async () => {
    const browser = await here.signedIn()
    for (let passed = 6; passed < 7 * 24; passed += 6) {
      here.pass(6 * hour)
      expect(await status(browser)).toBe(200)
    }
    here.pass(6 * hour)
    expect(await status(browser)).toBe(401)
  })

  it('is a new one after each sign-in and each change of the password, and the old one is worth nothing', async () => {
    const browser = here.browser()
    const old: Browser[] = []
    const keep = () => {
      const copy = here.browser()
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
      old.push(copy)
    }
    browser.cookies.set('__Host-guardpost', 'planted')
    await browser.signIn('admin', here.password)
    expect(browser.cookies.get('__Host-guardpost')).not.toBe('planted')
    keep()
    await browser.signIn('admin', here.password)
    keep()
    const other = here.browser()
    await other.signIn('admin', here.password)
    const changed = await browser.ask('PUT', '/api/v1/password', { current: here.password, next: own })
    expect(changed.status).toBe(200)
    expect(await status(browser)).toBe(200)
    expect(await Promise.all([...old, other].map(status))).toEqual([401, 401, 401])
  })

  it('ends with a sign-out', async () => {
    const browser = await here.signedIn()
    const copy = here.browser()
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
    expect((await browser.ask('DELETE', '/api/v1/session')).status).toBe(204)
    expect(browser.cookies.size).toBe(0)
    expect(await status(copy)).toBe(401)
  })

  it('of a person who is removed ends', async () => {
    const browser = await here.signedIn()
    const made = await browser.ask('POST', '/api/v1/people', { kind: 'local', login: 'mona' })
    const mona = await here.signedIn('mona')
    expect(await status(mona)).toBe(200)
    expect((await browser.ask('DELETE', `/api/v1/people/${made.body.id}`)).status).toBe(204)
    expect(await status(mona)).toBe(401)
  })
})

describe('the list of sessions', () => {
  it('is of one’s own, and of everybody’s for who is Owner everywhere', async () => {
    const browser = await here.signedIn()
    const made = await browser.ask('POST', '/api/v1/people', { kind: 'local', login: 'mona' })
    expect(made.status).toBe(201)
    const mona = await here.signedIn('mona')
    const all = (await browser.ask('GET', '/api/v1/sessions')).body.items
    expect(
      all.map((each: { person: { login: string }; current: boolean }) => [each.person.login, each.current]),
    ).toEqual([
      ['mona', false],
      ['admin', true],
    ])
    expect(all[1]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      person: { id: 1, login: 'admin' },
      current: true,
      startedAt: '2030-01-01T00:00:00.000Z',
      lastSeenAt: '2030-01-01T00:00:00.000Z',
      expiresAt: '2030-01-01T08:00:00.000Z',
      address: '127.0.0.1',
      userAgent: 'node',
    })
    const hers = (await mona.ask('GET', '/api/v1/sessions')).body.items
    expect(hers).toHaveLength(1)

    expect((await mona.ask('DELETE', `/api/v1/sessions/${all[1].id}`)).status).toBe(404)
    expect((await mona.ask('DELETE', '/api/v1/sessions/12345')).status).toBe(404)
    expect((await browser.ask('DELETE', `/api/v1/sessions/${all[0].id}`)).status).toBe(204)
    expect([await status(mona), await status(browser)]).toEqual([401, 200])
  })

  it('comes page by page', async () => {
    const browser = await here.signedIn()
    for (let count = 0; count < 2; count++) await here.browser().signIn('admin', own)
    const first = (await browser.ask('GET', '/api/v1/sessions?limit=2')).body
    expect(first.items).toHaveLength(2)
    const second = (await browser.ask('GET', `/api/v1/sessions?limit=2&cursor=${first.next}`)).body
    expect([second.items.length, second.next]).toEqual([1, null])
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3)
    expect((await browser.ask('GET', '/api/v1/sessions?cursor=x')).status).toBe(400)
  })
})
