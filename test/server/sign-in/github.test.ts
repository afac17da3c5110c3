import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../../support/guarded.ts'
import { type Browser, browser, type Seen } from './browser.ts'

jest.setTimeout(30_000)

let town: Guarded
let person: Browser

const url = 'https://guardpost.example'
const callback = `${url}/sign-in/github/callback`

beforeAll(async () => {
  town = await guarded()
  town.install()
  await town.settle()
})
afterAll(() => town.close())
beforeEach(() => {
  person = browser(town.address, url)
})

/** To GitHub's page, as the browser is sent there. */
const begin = async (to = '/sign-in/github'): Promise<URL> =>
  new URL((await person.ask('GET', to)).headers.get('location') ?? '')

/** What GitHub answers to the press of a button: the address the browser is sent to. */
async function press(page: URL, login: string): Promise<URL> {
  const shown = await (await fetch(page)).text()
  if (login) expect(shown).toContain(`<button name="login" value="${login}">`)
  const body = new URLSearchParams({ login })
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '')
}

const back = (to: URL): Promise<Seen> => person.ask('GET', `${to.pathname}${to.search}`)

async function signIn(login: string): Promise<Seen> {
  const seen = await back(await press(await begin(), login))
  const { body } = await person.ask('GET', '/api/v1/session')
  person.csrfToken = body.csrfToken ?? ''
  return seen
}

const session = async () => (await person.ask('GET', '/api/v1/session')).body

describe('sign-in with GitHub', () => {
  it('is offered where it is set up', async () => {
    const { body } = await person.ask('GET', '/api/v1/sign-in')
    expect(body).toEqual({ password: true, github: '/sign-in/github' })
  })

  it('sends to GitHub’s page with state and PKCE, and keeps what belongs to them in a cookie', async () => {
    const seen = await person.ask('GET', '/sign-in/github')
    expect(seen.status).toBe(302)
    const page = new URL(seen.headers.get('location') ?? '')
    expect(`${page.origin}${page.pathname}`).toBe(`${town.sim.htmlUrl}/login/oauth/authorize`)
    const query = Object.fromEntries(page.searchParams)
    expect(query).toEqual({
      client_id: town.app.clientId,
      redirect_uri: callback,
      state: expect.stringMatching(/^[\w-]{43}$/),
      allow_signup: 'false',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const [cookie = ''] = seen.headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-guardpost-sign-in=[\w-]{43}\.[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(cookie).not.toContain(query.state)
  })

  it('makes an owner of the organization Owner there', async () => {
    const seen = await signIn('acme-owner')
    expect([seen.status, seen.headers.get('location')]).toEqual([302, '/'])
    expect(await session()).toMatchObject({
      person: { kind: 'github', login: 'acme-owner', mustChangePassword: false },
      holdings: [{ role: 'Owner', from: 'github', at: { type: 'GitHub > Organization', title: 'acme' } }],
    })
    expect([...person.cookies.keys()]).toEqual(['__Host-guardpost'])
  })

  it('goes back to the page one came from, if it is ours', async () => {
    for (const [asked, expected] of [
      ['/controls/5?tab=evidence', '/controls/5?tab=evidence'],
      ['//evil.example/x', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example/', '/'],
      ['/sign-in/github', '/'],
      ['/\t/evil.example', '/'],
      ['javascript:alert(1)', '/'],
    ] as const) {
      const page = await begin(`/sign-in/github?to=${encodeURIComponent(asked)}`)
      const seen = await back(await press(page, 'acme-owner'))
      expect([asked, seen.headers.get('location')]).toEqual([asked, expected])
    }
  })

  it('tells who has no role here so, and begins no session', async () => {
    town.org.addMember('visiting')
    const seen = await back(await press(await begin(), 'visiting'))
    expect(seen.status).toBe(403)
    expect(seen.text).toContain('You are visiting on GitHub, own none of the organizations that are connected here')
    expect(person.cookies.size).toBe(0)
    expect((await person.ask('GET', '/api/v1/session')).status).toBe(401)
  })

  it('lets in who was added by name and granted a role, and knows them by id from then on', async () => {
    const { people, grants } = town.guardpost.means.store
    const draft = { kind: 'github', githubId: null, password: null, mustChangePassword: false } as const
    const made = await people.make({ ...draft, login: 'Helper' }, 0)
    town.org.addMember('helper')
    expect((await signIn('helper')).status).toBe(403)
    const grant = { personId: made?.id ?? 0, place: 'everywhere', role: 'ReadOnly', grantedBy: 'a test' } as const
    await grants.give(grant, 0)
    expect((await signIn('helper')).status).toBe(302)
    expect(await session()).toMatchObject({
      person: { id: made?.id, login: 'helper' },
      holdings: [{ role: 'ReadOnly', at: null, from: 'grant' }],
    })
    expect((await people.get(made?.id ?? 0))?.githubId).toBe(town.sim.createUser('helper').id)
  })
})

describe('what it refuses', () => {
  it('a state that is not this browser’s', async () => {
    const to = await press(await begin(), 'acme-owner')
    to.searchParams.set('state', 'x'.repeat(43))
    expect((await back(to)).status).toBe(400)
    expect(person.cookies.size).toBe(0)
    const stolen = await press(await begin(), 'acme-owner')
    person = browser(town.address, url)
    expect((await back(stolen)).status).toBe(400)
    expect(person.cookies.size).toBe(0)
  })

  it('an answer that comes a second time', async () => {
    const page = await begin()
    const kept = new Map(person.cookies)
    const to = await press(page, 'acme-owner')
    expect((await back(to)).status).toBe(302)
    expect((await back(to)).status).toBe(400)
    person = browser(town.address, url)
    for (const [name, value] of kept) person.cookies.set(name, value)
    const again = await back(to)
    expect([again.status, person.cookies.size]).toEqual([502, 0])
    expect(again.text).toContain('GitHub did not confirm who you are.')
  })

  it('somebody else’s code, which PKCE binds to the browser that asked for it', async () => {
    const code = (await press(await begin(), 'acme-owner')).searchParams.get('code') ?? ''
    person = browser(town.address, url)
    const own = await press(await begin(), 'acme-owner')
    own.searchParams.set('code', code)
    expect((await back(own)).status).toBe(502)
    expect(person.cookies.size).toBe(0)
  })

  it('who pressed Cancel', async () => {
    const to = await press(await begin(), '')
    expect(to.searchParams.get('error')).toBe('access_denied')
    const seen = await back(to)
    expect(seen.status).toBe(403)
    expect(seen.text).toContain('you did not permit it')
    expect(person.cookies.size).toBe(0)
  })
})

describe('a role that is lost on GitHub', () => {
  it('is lost here within five minutes of use', async () => {
    await town.stop()
    let ahead = 0
    const { now } = Date
    Date.now = () => now() + ahead
    await town.start()
    try {
      town.org.addMember('leaving', { role: 'admin' })
      person = browser(town.address, url)
      await signIn('leaving')
      const holdings = async () => (await session()).holdings.length
      expect(await holdings()).toBe(1)
      town.org.addMember('leaving', { role: 'member' })
      ahead = 4 * 60_000
      expect(await holdings()).toBe(1)
      ahead = 5 * 60_000 + 1_000
      expect(await holdings()).toBe(0)
      expect((await signIn('leaving')).status).toBe(403)
    } finally {
      Date.now = now
    }
  })
})
