import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { background, live } from '../../src/model/github.ts'
import { api, type Bench, bench, byApp, byToken, clientOf, refusalOf } from './fixture.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const unused = nock.pendingMocks()
  nock.cleanAll()
  expect(unused).toEqual([])
})
afterAll(() => nock.restore())

const route = 'GET /orgs/{org}/hooks'
const acme = { org: 'acme' }
const slowDown = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
}
const hooks = () => nock(api).get('/orgs/acme/hooks')
const begins = Date.UTC(2026, 0, 1)
const said = (remaining: number, resource = 'core') => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(begins / 1000 + 1800),
  'x-ratelimit-resource': resource,
})
const waitingLines = ({ lines }: Bench) => lines.filter((line) => line.includes('"kind"'))

describe('a limit of GitHub', () => {
  it('is met once: the next call is put off without a request, and said so once', async () => {
    hooks().reply(403, slowDown, { 'retry-after': '30' })
    const at = bench()
    const github = await clientOf(at, byToken)
    expect(await refusalOf(github.get(route, acme))).toMatchObject({ status: 403, retryAt: begins + 30_000 })
    expect(await refusalOf(github.get(route, acme))).toMatchObject({
      status: null,
      retryAt: begins + 30_000,
      diagnosis: {
        code: 'rate-limited',
        reason: 'GET /orgs/{org}/hooks is put off until 2026-01-01T00:00:30.000Z since GitHub asked to slow down.',
        call: route,
      },
    })
    // Not at the same moment again: the next one comes after the one before, at half the usual 900 a minute.
    expect(await refusalOf(github.get(route, acme))).toMatchObject({ status: null, retryAt: begins + 30_134 })
    expect(github.calls).toHaveLength(1)
    at.time.now += 30_134
    hooks().reply(200, [])
    await github.get(route, acme)
    expect(waitingLines(at)).toEqual([
      '{"connections":[2],"kind":"live","resource":"core","message":"Calls to GitHub wait until 2026-01-01T00:00:30.000Z since GitHub asked to slow down"}',
      '{"connections":[2],"kind":"live","resource":"core","message":"Calls to GitHub go on"}',
    ])
  })

  it.each([
    [
      'a primary limit',
      429,
      { message: 'API rate limit exceeded for user ID 1.' },
      { ...said(0), 'retry-after': '60' },
    ],
    ['a secondary limit', 429, slowDown, {}],
    ['a fault', 502, {}, {}],
    ['a fault with a time', 503, {}, { 'retry-after': '1' }],
  ])('or %s is not tried again by the client', async (_, status, body, headers) => {
    hooks().reply(status, body, headers)
    const github = await clientOf(bench(), byToken)
    expect((await refusalOf(github.get(route, acme))).status).toBe(status)
    expect(github.calls).toHaveLength(1)
  })

  it('nor is a network error', async () => {
    hooks().replyWithError('connect ECONNREFUSED')
    const github = await clientOf(bench(), byToken)
    await refusalOf(github.get(route, acme))
    expect(github.calls).toHaveLength(1)
  })

  it('in GraphQL, said with HTTP 200, is GraphQL’s alone', async () => {
    nock(api)
      .post('/graphql')
      .reply(200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }, said(0, 'graphql'))
    const github = await clientOf(bench(), byToken)
    const ask = () => github.query('Viewer', '{ viewer { login } }', {})
    expect((await refusalOf(ask())).retryAt).toBe(begins + 1_800_000)
    expect((await refusalOf(ask())).message).toBe(
      "query Viewer is put off until 2026-01-01T00:30:00.000Z since GitHub's hourly rate limit is used up.",
    )
    hooks().reply(200, [])
    await github.get(route, acme)
  })

  it('of one connection does not slow another, nor the App', async () => {
    hooks().reply(403, slowDown)
    const at = bench()
    await refusalOf((await clientOf(at, byToken)).get(route, acme))
    nock(api).post('/app/installations/77/access_tokens').reply(201, { token: 'ghs_first' })
    hooks().reply(200, [])
    nock(api).get('/app').reply(200, {})
    await (await clientOf(at, byApp)).get(route, acme)
    await at.clients.forApp(live('a test'))?.get('GET /app', {})
  })

  it('of a token is that of every connection by it, until one has another', async () => {
    const tokens = new Map([
      [2, 'ghp_one'],
      [3, 'ghp_one'],
    ])
    const at = bench({ token: async (id) => tokens.get(id) ?? null })
    hooks().reply(403, slowDown)
    await refusalOf((await clientOf(at, byToken)).get(route, acme))
    await refusalOf((await clientOf(at, { ...byToken, id: 3 })).get(route, acme))
    tokens.set(3, 'ghp_other')
    hooks().reply(200, [])
    await (await clientOf(at, { ...byToken, id: 3 })).get(route, acme)
    expect(at.clients.budgets()).toMatchObject([
      { connectionId: 2, blockedUntil: begins + 60_000 },
      { connectionId: 3, blockedUntil: null },
    ])
  })

  it('leaves a share to live work', async () => {
    const at = bench()
    hooks().reply(200, [], said(1000))
    await (await clientOf(at, byToken)).get(route, acme)
    const discovery = await at.clients.forConnection(byToken, background('discovery'))
    await refusalOf(discovery?.get(route, acme) ?? Promise.resolve())
    hooks().reply(200, [], said(999))
    await (await clientOf(at, byToken)).get(route, acme)
  })
})

describe('budgets', () => {
  it('are as GitHub last said, for every credential that was used', async () => {
    const at = bench()
    expect(at.clients.budgets()).toEqual([])
    nock(api).post('/app/installations/77/access_tokens').reply(201, { token: 'ghs_first' })
    hooks().reply(200, [], said(4321))
    nock(api).post('/graphql').reply(200, { data: {} }, said(0, 'graphql'))
    const github = await clientOf(at, byApp)
    await github.get(route, acme)
    await github.query('Viewer', '{ viewer { login } }', {})
    const resetAt = begins + 1_800_000
    const none = { limit: null, remaining: null, resetAt: null, waiting: 0, blockedUntil: null }
    expect(at.clients.budgets()).toEqual([
      { ...none, connectionId: 'app', resource: 'core' },
      { connectionId: 1, resource: 'core', limit: 5000, remaining: 4321, resetAt, waiting: 0, blockedUntil: null },
      { connectionId: 1, resource: 'graphql', limit: 5000, remaining: 0, resetAt, waiting: 0, blockedUntil: resetAt },
    ])
    at.time.now = resetAt
    expect(at.clients.budgets().slice(1)).toMatchObject([
      { resource: 'core', remaining: 5000, resetAt: null },
      { resource: 'graphql', remaining: 5000, resetAt: null, blockedUntil: null },
    ])
  })

  it('say how many calls wait', async () => {
    const waking = Promise.withResolvers<void>()
    const answering = Promise.withResolvers<void>()
    const at = bench({ sleep: () => waking.promise, limits: { concurrency: 1 } })
    hooks()
      .times(2)
      .reply(200, async () => {
        await answering.promise
        return []
      })
    const github = await clientOf(at, byToken)
    const both = Promise.all([github.get(route, acme), github.get(route, acme)])
    await new Promise(setImmediate)
    expect(at.clients.budgets()).toMatchObject([{ connectionId: 2, resource: 'core', waiting: 1 }])
    answering.resolve()
    await both
    expect(at.clients.budgets()).toMatchObject([{ waiting: 0 }])
    waking.resolve()
  })
})
