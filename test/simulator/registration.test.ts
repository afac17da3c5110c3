import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../src/simulator/simulator.ts'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { openApiJudge } from '../support/openapi-judge.ts'
import { asking } from './ask.ts'

let sim: Simulator
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  sim = await startSimulator({ flavour: 'github.com', clock: () => now, onRequest: openApiJudge() })
  sim.createOrganization({ login: 'acme', owner: 'olga' })
})
afterEach(() => sim.close())

const manifest = {
  name: 'Guard of acme',
  url: 'http://127.0.0.1:3000',
  hook_attributes: { url: 'https://hooks.example/app' },
  redirect_url: 'http://127.0.0.1:3000/created',
  setup_url: 'http://127.0.0.1:3000/installed',
  callback_urls: ['http://127.0.0.1:3000/callback'],
  default_permissions: { contents: 'read' },
  default_events: ['repository', 'push'],
}

async function post(path: string, form: Record<string, string>) {
  const answer = await fetch(`${sim.htmlUrl}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') ?? '' }
}

const ofAcme = '/organizations/acme/settings/apps/new?state=s'
const create = (change: object = {}, more: Record<string, string> = {}, path = ofAcme) =>
  post(path, { manifest: JSON.stringify({ ...manifest, ...change }), owner: 'acme', name: manifest.name, ...more })
const ask = (code: string | null) => asking(sim.apiUrl)('POST', `/app-manifests/${code}/conversions`, undefined, agent)
const agent = { 'user-agent': 'a test' }
const codeOf = (to: string) => new URL(to).searchParams.get('code')

describe('registering an App from a manifest', () => {
  it('asks for the name, and sends back with a code and the state', async () => {
    const asked = await post(ofAcme, { manifest: JSON.stringify(manifest) })
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining('value="Guard of acme"')])
    expect(asked.text).toContain('Create GitHub App for acme')
    const { status, to } = await create({}, { name: 'Another name' })
    expect([status, to]).toEqual([
      302,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/created\?code=[\da-f]{40}&state=s$/),
    ])
  })

  it('gives the credentials once, for an App that is what the manifest says', async () => {
    const code = codeOf((await create()).to)
    const { status, body } = await ask(code)
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'Guard of acme', slug: 'guard-of-acme', owner: { login: 'acme' } })
    expect(body).toMatchObject({ external_url: manifest.url, permissions: { contents: 'read', metadata: 'read' } })
    expect(body.pem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/)
    expect(body.webhook_secret).toMatch(/^[\da-f]{40}$/)
    expect(body.client_secret).toMatch(/^[\da-f]{40}$/)
    expect((await ask(code)).status).toBe(404)
    expect(sim.judged).toEqual([])
  })

  it('gives nothing after an hour, nor for a code that was never given', async () => {
    const code = codeOf((await create()).to)
    now += 3_600_000
    expect([(await ask(code)).status, (await ask('abc')).status]).toEqual([404, 404])
  })

  it.each<[string, object, string]>([
    ['an event that is always sent', { default_events: ['installation'] }, 'Default events unsupported: installation'],
    [
      'events without their permission',
      { default_events: ['team', 'member', 'repository'] },
      'Default events are not supported by permissions: team and member',
    ],
    ['a webhook nowhere', { hook_attributes: { active: false } }, '&#34;url&#34; wasn&#39;t supplied.'],
    [
      'a webhook on this machine',
      { hook_attributes: { url: 'http://localhost:3000/' } },
      'Hook url is not supported because it isn&#39;t reachable over the public Internet (localhost)',
    ],
    ['no address', { url: undefined }, '&#34;url&#34; wasn&#39;t supplied.'],
  ])('refuses %s, and with it the whole manifest', async (_, change, problem) => {
    const { status, text } = await create(change)
    expect([status, text]).toEqual([422, expect.stringContaining(`Error ${problem}`)])
  })

  it('asks again for a name that is too long, missing, or somebody else’s', async () => {
    await create()
    for (const [name, problem] of [
      ['x'.repeat(35), 'Name is too long (maximum is 34 characters)'],
      ['', 'Name can&#39;t be blank'],
      ['guard OF acme', 'Name is already taken'],
    ] as const)
      expect((await create({}, { name })).text).toContain(problem)
    expect((await create({}, { name: 'x'.repeat(34) })).status).toBe(302)
  })

  it('knows no other organization, and offers the people for an App of their own', async () => {
    expect((await create({}, {}, '/organizations/nobody/settings/apps/new')).status).toBe(404)
    const { text } = await post('/settings/apps/new', { manifest: JSON.stringify(manifest) })
    expect(text).toContain('Create GitHub App for olga')
    expect((await create({}, { owner: 'olga' }, '/settings/apps/new')).status).toBe(302)
  })
})

describe('installing an App', () => {
  const page = '/apps/guard-of-acme/installations/new'
  const read = async () => (await fetch(`${sim.htmlUrl}${page}`)).text()

  it('is for its owner alone where it is private, and goes on at its set-up address', async () => {
    sim.createOrganization({ login: 'other' })
    await create()
    expect(await read()).toContain('Install on acme')
    expect(await read()).not.toContain('other')
    expect((await post(page, { organization: 'other' })).status).toBe(404)
    const { to } = await post(page, { organization: 'acme' })
    expect(to).toMatch(/^http:\/\/127\.0\.0\.1:3000\/installed\?installation_id=\d+&setup_action=install$/)
    expect(await read()).toContain('acme: installed')
    expect((await post(page, { organization: 'acme' })).status).toBe(404)
  })

  it('is for everybody where it is public', async () => {
    sim.createOrganization({ login: 'other' })
    await create({ public: true, setup_url: undefined }, { owner: 'olga' }, '/settings/apps/new')
    const { to } = await post(page, { organization: 'other' })
    expect(to).toMatch(/\/organizations\/other\/settings\/installations\/\d+$/)
  })
})
