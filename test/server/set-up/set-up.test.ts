import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { registrarAt } from '../../../src/compose.ts'
import type { Store } from '../../../src/model/store.ts'
import { reporters } from '../../../src/reporters/index.ts'
import { type SetUpServer, startSetUp } from '../../../src/server/set-up/set-up-server.ts'
import type { SetUpMeans } from '../../../src/server/set-up/work.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts'
import { openTestStore, testFolders } from '../../store/test-store.ts'
import { openApiJudge } from '../../support/openapi-judge.ts'

const folders = testFolders()
const log = { debug() {}, info() {}, warn() {}, error() {} }
let sim: Simulator
let store: Store
let server: SetUpServer
let cookie = ''

beforeEach(async () => {
  sim = await startSimulator({ flavour: 'ghes', onRequest: openApiJudge() })
  sim.createOrganization({ login: 'acme', owner: 'olga' })
  store = await openTestStore(`${folders.make()}/guardpost.sqlite`)
  cookie = ''
  await start()
})
afterEach(async () => {
  await server.close()
  await store.close()
  await sim.close()
  folders.removeAll()
})

async function start(more: Partial<SetUpMeans> = {}): Promise<void> {
  await server?.close()
  const means = { store, reporters, log, registrarAt: (apiUrl: string) => registrarAt(apiUrl, log), keptIn: 'somehow' }
  const places = { url: 'https://guardpost.example', isPublic: true, channel: null, github: null }
  server = await startSetUp({ ...means, ...places, ...more }, 0)
}

const origin = () => new URL(server.address).origin
const code = () => new URL(server.address).searchParams.get('code') ?? ''

async function ask(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(origin() + path, {
    redirect: 'manual',
    headers: { cookie, origin: origin(), ...headers },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const text = await answer.text()
  return { status: answer.status, text, headers: answer.headers, to: answer.headers.get('location') }
}

async function enter(): Promise<void> {
  const { headers } = await ask(`/set-up?code=${code()}`)
  cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** What our page hands to GitHub. */
async function form(answers: Record<string, string> = {}) {
  const { status, text, headers } = await ask('/set-up/app', { github: sim.htmlUrl, organization: 'acme', ...answers })
  const [, action = ''] = /action="([^"]+)"/.exec(text) ?? []
  const [, manifest = 'null'] = /name="manifest" value="([^"]+)"/.exec(text) ?? []
  return { status, text, headers, action, manifest: JSON.parse(manifest.replaceAll('&quot;', '"')) }
}

/** GitHub's side of it, by whoever is at the browser. Resolves to where the browser goes then. */
async function created({ action, manifest }: { action: string; manifest: object }, owner = 'acme'): Promise<string> {
  const body = new URLSearchParams({ manifest: JSON.stringify(manifest), name: 'Guard', owner })
  const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' })
  const to = new URL(answer.headers.get('location') ?? '')
  return to.pathname + to.search
}

describe('the door', () => {
  it('lets in whoever has the code, once, and nobody else', async () => {
    expect((await ask('/set-up')).status).toBe(401)
    expect((await ask('/set-up?code=wrong')).status).toBe(401)
    expect((await ask('/set-up/progress')).status).toBe(401)
    const entered = await ask('/set-up/code', { code: ` ${code()} ` })
    expect([entered.status, entered.to]).toEqual([303, '/set-up'])
    const kept = entered.headers.get('set-cookie') ?? ''
    expect(kept).toMatch(/^guardpost-set-up=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await ask(`/set-up?code=${code()}`)).status).toBe(401)
    cookie = kept.split(';')[0] ?? ''
    expect((await ask('/set-up')).status).toBe(200)
    cookie = `${cookie.slice(0, -1)}!`
    expect((await ask('/set-up')).status).toBe(401)
  })

  it('gives up after some tries, also on the right code', async () => {
    for (let tries = 0; tries < 10; tries += 1) await ask('/set-up/code', { code: 'wrong' })
    expect((await ask('/set-up/code', { code: code() })).status).toBe(401)
  })

  it('takes no form of another site, and answers to no other name than this machine’s', async () => {
    await enter()
    for (const from of ['https://evil.example', 'null'])
      expect((await ask('/set-up/without-app', {}, { origin: from })).status).toBe(403)
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(`${origin()}/set-up`, { headers: { host: 'evil.example', cookie } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end(),
    )
    expect(status).toBe(421)
  })

  it('is no server yet for anybody else', async () => {
    expect((await ask('/healthz')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(503)
    expect((await ask('/api/github/webhooks', {})).status).toBe(503)
    expect((await ask('/api/v1/connections')).status).toBe(401)
  })

  it('tells browsers to run and fetch nothing from elsewhere, and to keep nothing', async () => {
    const { headers } = await ask('/set-up')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self';/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })
})

describe('the App', () => {
  beforeEach(enter)

  it('is asked for with what it needs and no more, and its keys are kept sealed', async () => {
    const asked = await form()
    expect(asked.action).toMatch(new RegExp(`^${sim.htmlUrl}/organizations/acme/settings/apps/new\\?state=[\\w-]{22}$`))
    expect(asked.headers.get('content-security-policy')).toContain(`form-action 'self' ${sim.htmlUrl};`)
    expect(asked.manifest).toMatchObject({
      name: 'Guardpost for acme',
      public: false,
      hook_attributes: { url: 'https://guardpost.example/api/github/webhooks', active: true },
      redirect_url: `${origin()}/set-up/created`,
      callback_urls: ['https://guardpost.example/sign-in/github/callback'],
      setup_url: 'https://guardpost.example/connections',
    })
    const back = await ask(await created(asked))
    expect([back.status, back.to]).toEqual([303, '/set-up'])
    const { app } = await store.setUp.read()
    expect(app).toMatchObject({ name: 'Guard', apiUrl: sim.apiUrl, htmlUrl: `${sim.htmlUrl}/apps/guard` })
    expect(app?.privateKey).toMatch(/^-----BEGIN RSA/)
    expect((await ask('/set-up')).text).toContain(`href="${sim.htmlUrl}/apps/guard/installations/new"`)
    expect(sim.judged).toEqual([])
  })

  it('is public only where it is a person’s, who could install it nowhere else otherwise', async () => {
    const { action, manifest, text } = await form({ owner: 'person' })
    expect([new URL(action).pathname, manifest.public]).toEqual(['/settings/apps/new', true])
    expect(text).toContain('It will be public')
  })

  it.each<[string, Record<string, string>, string]>([
    ['no organization', { organization: '' }, 'Which organization?'],
    ['an organization that cannot be', { organization: 'a/b' }, 'letters, digits and hyphens'],
    ['no GitHub', { github: '' }, 'Where is your GitHub?'],
    ['a GitHub with credentials in it', { github: 'https://a:b@github.com' }, 'Where is your GitHub?'],
    ['a GitHub that is not supported', { github: 'acme.ghe.com' }, 'not supported yet'],
  ])('%s: what would be right, and what was answered stands there still', async (_, answers, words) => {
    const { status, text } = await form(answers)
    expect([status, text]).toEqual([422, expect.stringContaining(words)])
    expect(text).toContain(`value="${answers.organization ?? 'acme'}"`)
  })

  it('is github.com’s by that name, however it is written', async () => {
    for (const github of ['github.com', 'https://www.github.com/', 'api.github.com'])
      expect((await form({ github })).action).toMatch(/^https:\/\/github\.com\/organizations\/acme\//)
  })

  it('is not set up by a code that nobody asked for, nor by one that is over', async () => {
    const to = await created(await form())
    const forged = await ask(to.replace(/state=[\w-]+/, 'state=another'))
    expect([forged.status, forged.text]).toEqual([422, expect.stringContaining('not asked here')])
    const spent = await ask(to.replace(/code=\w+/, 'code=abc'))
    expect([spent.status, spent.text]).toEqual([422, expect.stringContaining('no longer knows the code')])
    expect((await store.setUp.read()).app).toBeNull()
    expect((await ask(to)).status).toBe(303)
  })

  it('sends webhooks by the channel that there is already', async () => {
    await start({ channel: 'https://smee.example/secret' })
    await enter()
    const first = (await ask('/set-up')).text
    expect(first).toContain('GitHub will send webhooks to <strong>https://smee.example</strong>')
    expect(first).not.toContain('secret')
    expect((await form()).manifest.hook_attributes.url).toBe('https://smee.example/secret')
  })

  it('says so where the smee server makes no channel, and keeps nothing', async () => {
    await start({ isPublic: false })
    await enter()
    const { status, text } = await form({ smee: `${sim.htmlUrl}/new` })
    expect([status, text]).toEqual([422, expect.stringContaining('makes no channel')])
    expect(await store.setUp.read()).toEqual({ app: null, webhookProxyUrl: null })
  })
})

describe('the installation', () => {
  it('ends set-up, also where it was cut off between the App and its installation', async () => {
    await enter()
    await ask(await created(await form()))
    await start()
    await enter()
    expect((await ask('/set-up')).text).toContain('Install the App')
    expect(JSON.parse((await ask('/set-up/progress')).text)).toEqual({ said: 'Waiting for the installation…' })
    await fetch(`${sim.htmlUrl}/apps/guard/installations/new`, {
      method: 'POST',
      body: new URLSearchParams({ organization: 'acme' }),
      redirect: 'manual',
    })
    await server.done
    expect((await ask('/set-up')).text).toContain('Guardpost starts')
  }, 20_000)

  it('is not waited for where somebody goes on without an App', async () => {
    await enter()
    expect((await ask('/set-up/without-app', {})).text).toContain('https://guardpost.example/')
    await server.done
  })
})
