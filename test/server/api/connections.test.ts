import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Context, Next } from 'hono'
import type { Holding } from '../../../src/model/access.ts'
import { startServer } from '../../../src/server/server.ts'
import { type Guarded, guarded } from '../../support/guarded.ts'
import { at, everywhere } from './two-organizations.ts'

let town: Guarded
let address: string
let end: () => Promise<void>
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  const { guardpost, config } = town
  const access = {
    ...guardpost.access,
    guard: async (_: Context, next: Next) => next(),
    visitorOf: async (context: Context) => {
      const held = context.req.header('x-held')
      return held === undefined
        ? null
        : { personId: 1, login: 'mona', holdings: JSON.parse(held), source: 'api' as const }
    },
  }
  const server = await startServer({ ...guardpost, access }, config)
  address = `http://127.0.0.1:${server.port}/api/v1`
  end = server.close
})
afterAll(async () => {
  expect(town.sim.judged).toEqual([])
  await end()
  await town.close()
})

async function ask(holdings: readonly Holding[], path: string, body?: unknown) {
  const answer = await fetch(`${address}${path}`, {
    headers: { 'x-held': JSON.stringify(holdings), 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, text, said: text.startsWith('{') && !text.includes('}\n{') ? JSON.parse(text) : null }
}

const token = (scopes = ['repo', 'admin:org', 'admin:org_hook']) =>
  town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes }).value
const root = async () => {
  const [connection] = await town.guardpost.means.store.connections.list()
  const { organizationNodeId: nodeId, id = 0 } = connection ?? { organizationNodeId: '' }
  const found = await town.guardpost.means.store.resources.byNodeId(id, 'GitHub > Organization', nodeId)
  if (!found) throw new Error('Nothing is connected.')
  return found
}

describe('connecting', () => {
  const url = () => `${town.sim.htmlUrl}/acme`

  it('takes an Owner everywhere', async () => {
    for (const role of ['ReadOnly', 'Operator', 'Admin'] as const) {
      const { status, said } = await ask(everywhere(role), '/connections', { url: url(), token: token() })
      expect([status, said.detail]).toEqual([403, expect.stringContaining('the role Owner everywhere')])
    }
  })

  it.each([
    ['another server', 'https://github.com/acme', /is no organization on http:\/\/127\.0\.0\.1/],
    ['no organization', 'nonsense', /^What you gave is no organization/],
  ])('goes nowhere for %s', async (_what, elsewhere, detail) => {
    const asked = town.sim.requests.length
    const { status, said } = await ask(everywhere(), '/connections', { url: elsewhere, token: token() })
    expect(said).toMatchObject({ status: 422, detail: expect.stringMatching(detail), errors: [{ pointer: '/url' }] })
    expect([status, town.sim.requests.length]).toEqual([422, asked])
  })

  it('refuses what cannot work, keeps nothing, and repeats no token', async () => {
    const { said, text } = await ask(everywhere(), '/connections', { url: url(), token: 'ghp_of_nobody' })
    expect(said).toMatchObject({
      status: 422,
      errors: [{ pointer: '/token', detail: expect.stringContaining('Make a new classic token') }],
    })
    expect(text).not.toContain('ghp_of_nobody')
    expect(await town.guardpost.means.store.connections.list()).toEqual([])
    const app = await ask(everywhere(), '/connections', { url: url() })
    expect(app.said.errors[0]).toMatchObject({
      pointer: '/url',
      detail: expect.stringContaining('is not installed on acme'),
    })
  })

  it('only tries where it is told so', async () => {
    const { status, said } = await ask(everywhere(), '/connections', { url: url(), token: token(), check: true })
    expect([status, said.connection, said.findings.length]).toEqual([200, null, 8])
    expect(await town.guardpost.means.store.connections.list()).toEqual([])
  })

  it('keeps what works, with what is missing, and replaces the token the next time', async () => {
    const first = token(['repo'])
    const made = await ask(everywhere(), '/connections', { url: url(), token: first })
    expect([made.status, made.said.replaced, made.said.connection.login]).toEqual([201, false, 'acme'])
    expect(made.said.findings).toContainEqual(
      expect.objectContaining({ about: 'Scope `admin:org_hook`', level: 'warning', remedy: expect.anything() }),
    )
    await town.settle()
    const second = token()
    const again = await ask(at(await root()), '/connections', { url: url(), token: second })
    expect([again.status, again.said.replaced]).toEqual([201, true])
    expect(made.text + again.text).not.toMatch(new RegExp(`${first}|${second}`))
    expect(await town.guardpost.means.store.connections.token(1)).toBe(second)
  })
})

describe('removing', () => {
  it('shows what goes, to an Owner there alone', async () => {
    await town.settle()
    const { said } = await ask(at(await root()), '/connections/1/removal')
    expect(said).toMatchObject({ login: 'acme', kind: 'token', resources: 9, settings: 0, progress: null })
    expect(said.remains).toMatchObject([{ who: 'the owner of the token', url: `${town.sim.htmlUrl}/settings/tokens` }])
    for (const path of ['/connections/1/removal', '/connections/1/export'])
      expect([(await ask(at(await root(), 'Admin'), path)).status, (await ask([], path)).status]).toEqual([403, 404])
  })

  it('exports all that is known, line by line, and no secret', async () => {
    const { text, status } = await ask(at(await root()), '/connections/1/export')
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(status).toBe(200)
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['connection', 'resource', 'control', 'activity']))
    expect(lines.filter(({ kind }) => kind === 'resource').map(({ title }) => title)).toEqual([
      'Actions policy',
      'acme',
      'acme/.github-private',
      'blocked users',
      'connection to acme',
      'custom properties of acme/.github-private',
      'member acme-owner',
      'policy files',
      'security features of acme/.github-private',
    ])
    expect(text).not.toMatch(/ghp_|secret(?!Scanning)/)
  })

  it('is not done by another name, and not by an Admin', async () => {
    const place = await root()
    expect((await ask(at(place), '/connections/1/removal', { login: 'acme2' })).said).toMatchObject({
      status: 422,
      detail: 'That is another name: type acme to remove it.',
    })
    expect((await ask(at(place, 'Admin'), '/connections/1/removal', { login: 'acme' })).status).toBe(403)
    expect((await ask([], '/connections/1/removal', { login: 'acme' })).status).toBe(404)
    expect(await town.guardpost.means.store.connections.removal(1)).toBeNull()
  })

  it('is told step by step until all is gone', async () => {
    const { status, said } = await ask(at(await root()), '/connections/1/removal', { login: 'acme' })
    expect([status, said.done, said.steps[0]]).toEqual([202, false, { name: 'quiet', state: 'running', detail: null }])
    await town.settle()
    const { said: after } = await ask(everywhere(), '/connections/1/removal')
    expect(after).toMatchObject({ resources: 0, controls: 0, progress: { done: true } })
    expect(after.progress.steps.map(({ state }: { state: string }) => state)).toEqual(Array(5).fill('done'))
    expect((await ask(everywhere(), '/connections/1')).said).toMatchObject({ status: 'removed', organization: null })
  })
})
