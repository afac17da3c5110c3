import { createVerify } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { live } from '../../src/model/github.ts'
import { api, appKey, bench, byApp, byToken, classicToken, clientOf, refusalOf } from './fixture.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const unused = nock.pendingMocks()
  nock.cleanAll()
  expect(unused).toEqual([])
})
afterAll(() => nock.restore())

const mint = () => nock(api).post('/app/installations/77/access_tokens')
const hooks = (authorization: string) => nock(api, { reqheaders: { authorization } }).get('/orgs/acme/hooks')
const hooksRoute = 'GET /orgs/{org}/hooks'

describe('a call', () => {
  it('is signed, versioned, recorded and logged, and no secret with it', async () => {
    nock(api, {
      reqheaders: {
        authorization: `token ${classicToken}`,
        'user-agent': /^guardpost\/1\.2\.3 /,
        'x-github-api-version': '2022-11-28',
      },
    })
      .get('/orgs/acme/hooks?per_page=5')
      .reply(200, [{ id: 3 }], { 'x-github-request-id': 'AB:1' })
    const at = bench()
    const github = await clientOf(at, byToken)
    const answer = await github.get(hooksRoute, { org: 'acme', per_page: 5 })
    expect(answer).toMatchObject({ status: 200, data: [{ id: 3 }], headers: { 'x-github-request-id': 'AB:1' } })
    expect(github.calls).toEqual([
      { method: 'GET', path: '/orgs/acme/hooks', status: 200, requestId: 'AB:1', at: at.time.now, durationMs: 0 },
    ])
    expect(at.lines).toEqual([
      '{"connection":2,"purpose":"a test","method":"GET","path":"/orgs/acme/hooks","status":200,"requestId":"AB:1","ms":0,"message":"GitHub call"}',
    ])
  })

  it('writes its body as JSON', async () => {
    nock(api).post('/repos/acme/web/issues', { title: 'Hello' }).reply(201, { number: 4 })
    const github = await clientOf(bench(), byToken)
    const { data } = await github.write('POST /repos/{owner}/{repo}/issues', {
      owner: 'acme',
      repo: 'web',
      title: 'Hello',
    })
    expect(data.number).toBe(4)
  })

  it('that made something, and whose answer is empty, is not answered', async () => {
    nock(api).post('/repos/acme/web/issues').reply(201, '')
    const at = bench()
    const github = await clientOf(at, byToken)
    const wanted = { owner: 'acme', repo: 'web', title: 'Hello' }
    const refusal = await refusalOf(github.write('POST /repos/{owner}/{repo}/issues', wanted))
    expect(refusal).toMatchObject({ diagnosis: { code: 'unavailable' }, status: null, retryAt: at.time.now + 30_000 })
  })

  it('as the App is signed with the App’s key', async () => {
    let authorization = ''
    const capture = (value: string | null) => {
      authorization = value ?? ''
      return true
    }
    nock(api, { reqheaders: { authorization: capture } })
      .get('/app')
      .reply(200, { slug: 'guardpost' })
    await bench().clients.forApp(live('a test'))?.get('GET /app', {})
    const [scheme, jwt = ''] = authorization.split(' ')
    const [header = '', payload = '', signature = ''] = jwt.split('.')
    expect(scheme).toBe('bearer')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ iss: 5 })
    const verify = createVerify('RSA-SHA256').update(`${header}.${payload}`)
    expect(verify.verify(appKey.publicKey, signature, 'base64url')).toBe(true)
  })

  it.each([
    ['..', 'GET /orgs/{org}/hooks'],
    ['', 'GET /orgs/{org}/hooks'],
    ['', 'GET /orgs/{org}'],
  ] as const)('whose parameter %j would lead elsewhere is not sent (%s)', async (org, route) => {
    const github = await clientOf(bench(), byToken)
    expect((await refusalOf(github.get(route, { org }))).diagnosis.code).toBe('refused')
    expect(github.calls).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['a page', '<p>Sign in</p>'],
  ])('that is refused by %s is not refused by GitHub, and made again later', async (_, body) => {
    for (const status of [401, 403, 404]) {
      nock(api).get('/orgs/acme/hooks').reply(status, body, { 'content-type': 'text/html' })
      const at = bench()
      const refusal = await refusalOf((await clientOf(at, byToken)).get(hooksRoute, { org: 'acme' }))
      expect(refusal).toMatchObject({ status: null, retryAt: at.time.now + 30_000 })
      expect(refusal.diagnosis).toEqual({
        code: 'unavailable',
        reason: `GitHub did not answer ${hooksRoute}: the answer (${status}) is not JSON`,
        call: hooksRoute,
      })
    }
  })

  it('takes no instructions from its parameters', async () => {
    nock(api).get('/orgs/acme/hooks').reply(200, [])
    const github = await clientOf(bench(), byToken)
    const elsewhere = { fetch: async () => Response.json({}, { status: 500 }) }
    const smuggled = { org: 'acme', method: 'DELETE', url: 'https://evil.example', request: elsewhere }
    expect((await github.get(hooksRoute, smuggled)).status).toBe(200)
  })

  it('of a reader is a GET, whatever it is told', async () => {
    const github = await clientOf(bench(), byToken)
    const removal = 'DELETE /orgs/{org}/hooks/{hook_id}' as 'GET /orgs/{org}/hooks/{hook_id}'
    const refusal = await refusalOf(github.get(removal, { org: 'acme', hook_id: 1 }))
    expect(refusal.message).toBe('DELETE /orgs/{org}/hooks/{hook_id} was not sent: a reader reads, and only with GET.')
    expect(github.calls).toEqual([])
  })
})

describe('pages', () => {
  const read = async (at = bench()) => {
    const github = await clientOf(at, byToken)
    return { github, pages: github.pages('GET /orgs/{org}/repos', { org: 'acme', type: 'all' }, (data) => data) }
  }
  const link = (url: string) => ({ link: `<${api}/x?page=1>; rel="prev", <${url}>; rel="next"` })

  it('are read to the last, a hundred items each', async () => {
    nock(api)
      .get('/orgs/acme/repos?per_page=100&type=all')
      .reply(200, [{ id: 1 }, { id: 2 }], link(`${api}/organizations/9/repos?type=all&per_page=100&page=2`))
    nock(api)
      .get('/orgs/acme/repos?per_page=100&type=all&page=2')
      .reply(200, [{ id: 3 }], {
        link: `<${api}/organizations/9/repos?page=1>; rel="first"`,
      })
    const { pages, github } = await read()
    const ids: (number | bigint)[][] = []
    for await (const page of pages) ids.push(page.map(({ id }) => id))
    expect(ids).toEqual([[1, 2], [3]])
    expect(github.calls.map(({ path }) => path)).toEqual(['/orgs/acme/repos', '/orgs/acme/repos'])
  })

  it('end where the reader ends', async () => {
    nock(api)
      .get('/orgs/acme/repos')
      .query(true)
      .reply(200, [{ id: 1 }], link(`${api}/x?page=2`))
    for await (const page of (await read()).pages) {
      expect(page).toHaveLength(1)
      break
    }
  })

  it('never lead to another host', async () => {
    nock(api)
      .get('/orgs/acme/repos')
      .query({ per_page: 100, type: 'all' })
      .reply(200, [{ id: 1 }], link('https://evil.example/steal?page=2'))
    nock(api).get('/orgs/acme/repos').query({ per_page: 100, type: 'all', page: 2 }).reply(200, [])
    let count = 0
    for await (const page of (await read()).pages) count += page.length
    expect(count).toBe(1)
  })

  it('stop at a refusal', async () => {
    nock(api).get('/orgs/acme/repos').query(true).reply(502, {})
    const { pages } = await read()
    const refusal = await refusalOf(pages[Symbol.asyncIterator]().next())
    expect(refusal).toMatchObject({ status: 502, diagnosis: { code: 'unavailable', call: 'GET /orgs/{org}/repos' } })
  })
})

describe('an installation token', () => {
  it('is asked for once for all calls at a time, and kept', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').times(3).reply(200, [])
    const at = bench()
    const [one, two] = [await clientOf(at, byApp), await clientOf(at, byApp)]
    await Promise.all([one.get(hooksRoute, { org: 'acme' }), two.get(hooksRoute, { org: 'acme' })])
    at.time.now += 54 * 60_000
    await one.get(hooksRoute, { org: 'acme' })
    expect([...one.calls, ...two.calls].map(({ method }) => method).sort()).toEqual(['GET', 'GET', 'GET', 'POST'])
  })

  it('is asked for anew before its hour is over', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').reply(200, [])
    mint().reply(201, { token: 'ghs_second' })
    hooks('token ghs_second').reply(200, [])
    const at = bench()
    const github = await clientOf(at, byApp)
    await github.get(hooksRoute, { org: 'acme' })
    at.time.now += 56 * 60_000
    await github.get(hooksRoute, { org: 'acme' })
  })

  it('that was revoked is replaced once', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').reply(401, { message: 'Bad credentials' })
    mint().reply(201, { token: 'ghs_second' })
    hooks('token ghs_second').reply(200, [])
    const github = await clientOf(bench(), byApp)
    expect((await github.get(hooksRoute, { org: 'acme' })).status).toBe(200)
    expect(github.calls.map(({ status }) => status)).toEqual([201, 401, 201, 200])
  })

  it('that was revoked under two calls at a time is replaced once for both', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').times(2).reply(401, { message: 'Bad credentials' })
    mint().reply(201, { token: 'ghs_second' })
    hooks('token ghs_second').times(2).reply(200, [])
    const at = bench()
    const [one, two] = [await clientOf(at, byApp), await clientOf(at, byApp)]
    await Promise.all([one.get(hooksRoute, { org: 'acme' }), two.get(hooksRoute, { org: 'acme' })])
    expect([...one.calls, ...two.calls].filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  it('refused twice is a refusal', async () => {
    mint().times(2).reply(201, { token: 'ghs_any' })
    hooks('token ghs_any').times(2).reply(401, { message: 'Bad credentials' })
    const refusal = await refusalOf((await clientOf(bench(), byApp)).get(hooksRoute, { org: 'acme' }))
    expect(refusal.diagnosis.code).toBe('bad-credentials')
  })

  it('that is renewed is not used again', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').reply(200, [])
    mint().reply(201, { token: 'ghs_second' })
    hooks('token ghs_second').reply(200, [])
    const at = bench()
    const github = await clientOf(at, byApp)
    await github.get(hooksRoute, { org: 'acme' })
    at.clients.renew(byApp)
    await github.get(hooksRoute, { org: 'acme' })
  })

  it('of an uninstalled App is said to be so, with the page to install it again', async () => {
    mint().reply(404, { message: 'Not Found' })
    nock(api)
      .get('/app')
      .reply(200, { slug: 'guardpost', owner: { login: 'initech', type: 'Organization' } })
    const refusal = await refusalOf((await clientOf(bench(), byApp)).get(hooksRoute, { org: 'acme' }))
    expect(refusal.diagnosis).toMatchObject({
      code: 'uninstalled',
      remedy: { url: 'https://github.com/apps/guardpost/installations/new' },
    })
  })

  it('of a suspended App is said to be so', async () => {
    mint().reply(403, { message: 'This installation has been suspended' })
    const refusal = await refusalOf((await clientOf(bench(), byApp)).get(hooksRoute, { org: 'acme' }))
    expect(refusal.diagnosis.code).toBe('suspended')
  })

  it('that GitHub does not give is no token', async () => {
    mint().reply(201, {})
    const refusal = await refusalOf((await clientOf(bench(), byApp)).get(hooksRoute, { org: 'acme' }))
    expect(refusal.diagnosis.code).toBe('unavailable')
  })
})

describe('a refused permission', () => {
  const message = 'Resource not accessible by integration'
  const needs = { 'x-accepted-github-permissions': 'organization_hooks=read' }
  const app = { slug: 'guardpost', owner: { login: 'ada', type: 'User' }, permissions: { metadata: 'read' } }
  const granted = { permissions: { metadata: 'read' } }

  it('is compared with what the App requests and has, asked for once', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').times(2).reply(403, { message }, needs)
    nock(api).get('/app').reply(200, app)
    nock(api).get('/app/installations/77').reply(200, granted)
    const github = await clientOf(bench(), byApp)
    const expected = {
      status: 403,
      diagnosis: {
        code: 'permission-not-requested',
        missing: { key: 'organization_hooks', needed: 'read', requested: null, granted: null },
        remedy: { url: 'https://github.com/settings/apps/guardpost/permissions' },
      },
    }
    expect(await refusalOf(github.get(hooksRoute, { org: 'acme' }))).toMatchObject(expected)
    expect(await refusalOf(github.get(hooksRoute, { org: 'acme' }))).toMatchObject(expected)
  })

  it('is tried again under a new token when the old one may be of before a grant', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').reply(200, [])
    const at = bench()
    const github = await clientOf(at, byApp)
    await github.get(hooksRoute, { org: 'acme' })
    at.time.now += 61_000
    hooks('token ghs_first').reply(403, { message }, needs)
    mint().reply(201, { token: 'ghs_second' })
    hooks('token ghs_second').reply(200, [])
    expect((await github.get(hooksRoute, { org: 'acme' })).status).toBe(200)
  })

  it('says less where the App itself is refused', async () => {
    mint().reply(201, { token: 'ghs_first' })
    hooks('token ghs_first').reply(403, { message }, needs)
    nock(api).get('/app').reply(500, {})
    const refusal = await refusalOf((await clientOf(bench(), byApp)).get(hooksRoute, { org: 'acme' }))
    expect(refusal.diagnosis.missing).toEqual({ key: 'organization_hooks', needed: 'read' })
  })

  it('of a personal token is not tried again', async () => {
    hooks(`token ${classicToken}`).reply(401, { message: 'Bad credentials' })
    const github = await clientOf(bench(), byToken)
    expect((await refusalOf(github.get(hooksRoute, { org: 'acme' }))).diagnosis.code).toBe('bad-credentials')
  })
})

describe('secrets', () => {
  it('show neither in logs nor in refusals, even where GitHub repeats them', async () => {
    const hookSecret = 'the-hook-secret-9f2'
    mint().reply(201, { token: 'ghs_topsecret0123456789' })
    nock(api)
      .post('/orgs/acme/hooks')
      .reply(422, {
        message: `Odd: ghs_topsecret0123456789 ${classicToken} ${appKey.privateKey}`,
        errors: [{ resource: 'Hook', field: 'secret', code: 'custom', value: hookSecret }],
      })
    const at = bench()
    const refusal = await refusalOf(
      (await clientOf(at, byApp)).write('POST /orgs/{org}/hooks', {
        org: 'acme',
        name: 'web',
        config: { url: 'https://guardpost.example', secret: hookSecret },
      }),
    )
    expect(refusal.message).toBe('GitHub refused POST /orgs/{org}/hooks (422): Odd: *** *** *** : Hook secret custom')
    const told = JSON.stringify([refusal, refusal.message, refusal.stack, refusal.cause, at.lines])
    for (const secret of ['topsecret', classicToken, hookSecret, 'PRIVATE KEY']) expect(told).not.toContain(secret)
  })

  it('an unusable key is said, not shown', async () => {
    const { clients } = bench({ app: { id: 5, privateKey: '-----BEGIN PRIVATE KEY-----\nMIIsecret\n' } })
    const refusal = await refusalOf(clients.forApp(live('a test'))?.get('GET /app', {}) ?? Promise.resolve())
    expect(refusal.diagnosis.code).toBe('bad-credentials')
    expect(JSON.stringify([refusal, refusal.stack, refusal.cause])).not.toContain('MIIsecret')
  })
})

describe('whose client', () => {
  it('none without a credential', async () => {
    const { clients } = bench()
    expect(await clients.forConnection({ ...byToken, id: 3 }, live('a test'))).toBeNull()
    expect(await clients.forConnection({ ...byApp, installationId: null }, live('a test'))).toBeNull()
    const alone = bench({ app: null }).clients
    expect(alone.forApp(live('a test'))).toBeNull()
    expect(await alone.forConnection(byApp, live('a test'))).toBeNull()
    expect((await refusalOf(alone.author(byApp))).diagnosis.code).toBe('bad-credentials')
  })

  it('authors are asked for once; a failed asking is forgotten', async () => {
    const { clients } = bench()
    nock(api).get('/app').reply(503, {})
    await refusalOf(clients.author(byApp))
    nock(api).get('/app').reply(200, { slug: 'guardpost' })
    nock(api).get('/user').reply(200, { login: 'ada' })
    expect(await Promise.all([clients.author(byApp), clients.author(byApp)])).toEqual([
      'guardpost[bot]',
      'guardpost[bot]',
    ])
    expect([await clients.author(byToken), await clients.author(byToken)]).toEqual(['ada', 'ada'])
  })
})
