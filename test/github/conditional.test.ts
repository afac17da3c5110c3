import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { api, bench, byToken, classicToken, clientOf, refusalOf } from './fixture.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const unused = nock.pendingMocks()
  nock.cleanAll()
  expect(unused).toEqual([])
})
afterAll(() => nock.restore())

const route = 'GET /orgs/{org}/hooks'
const first = () => nock(api, { badheaders: ['if-none-match'] })
const asking = (etag: string) => nock(api, { reqheaders: { 'if-none-match': etag } })
const acme = { org: 'acme' }
/** As long in memory: nothing in it repeats. */
const long = () => randomBytes(2250).toString('base64')

describe('a GET that was answered before', () => {
  it('asks for what changed; what did not is given from what was kept', async () => {
    first()
      .get('/orgs/acme/hooks')
      .reply(200, [{ id: 3 }], { etag: '"a"', 'x-github-request-id': 'AB:1' })
    asking('"a"').get('/orgs/acme/hooks').times(2).reply(304, undefined, { 'x-github-request-id': 'AB:2' })
    const github = await clientOf(bench(), byToken)
    const { data } = await github.get(route, acme)
    data.length = 0
    for (const _ of [1, 2]) {
      const again = await github.get(route, acme)
      expect(again).toMatchObject({ status: 200, data: [{ id: 3 }], headers: { 'x-github-request-id': 'AB:2' } })
    }
    expect(github.calls.map(({ status, requestId }) => [status, requestId])).toEqual([
      [200, 'AB:1'],
      [304, 'AB:2'],
      [304, 'AB:2'],
    ])
  })

  it('takes the new answer in the place of the old', async () => {
    first()
      .get('/orgs/acme/hooks')
      .reply(200, [{ id: 3 }], { etag: '"a"' })
    asking('"a"')
      .get('/orgs/acme/hooks')
      .reply(200, [{ id: 4 }], { etag: '"b"' })
    asking('"b"').get('/orgs/acme/hooks').reply(304)
    const github = await clientOf(bench(), byToken)
    const ids: number[][] = []
    for (const _ of [1, 2, 3]) ids.push((await github.get(route, acme)).data.map(({ id }) => Number(id)))
    expect(ids).toEqual([[3], [4], [4]])
  })

  it('that is refused once is still known', async () => {
    first()
      .get('/orgs/acme/hooks')
      .reply(200, [{ id: 3 }], { etag: '"a"' })
    asking('"a"').get('/orgs/acme/hooks').reply(502, {})
    asking('"a"').get('/orgs/acme/hooks').reply(304)
    const github = await clientOf(bench(), byToken)
    await github.get(route, acme)
    await refusalOf(github.get(route, acme))
    expect((await github.get(route, acme)).data).toHaveLength(1)
  })

  it('is known by its whole address', async () => {
    first()
      .get('/orgs/acme/hooks?per_page=5')
      .reply(200, [{ id: 3 }], { etag: '"a"' })
    first()
      .get('/orgs/acme/hooks?per_page=6')
      .reply(200, [{ id: 4 }])
    const github = await clientOf(bench(), byToken)
    await github.get(route, { ...acme, per_page: 5 })
    expect((await github.get(route, { ...acme, per_page: 6 })).data).toMatchObject([{ id: 4 }])
  })

  it('leads on to the next page, whose link was kept too', async () => {
    const link = `<${api}/organizations/9/repos?per_page=100&page=2>; rel="next"`
    first()
      .get('/orgs/acme/repos?per_page=100')
      .reply(200, [{ id: 1 }], { etag: '"1"', link })
    first()
      .get('/orgs/acme/repos?per_page=100&page=2')
      .reply(200, [{ id: 2 }], { etag: '"2"' })
    asking('"1"').get('/orgs/acme/repos?per_page=100').reply(304)
    asking('"2"').get('/orgs/acme/repos?per_page=100&page=2').reply(304)
    const github = await clientOf(bench(), byToken)
    for (const _ of [1, 2]) {
      const ids: number[] = []
      for await (const page of github.pages('GET /orgs/{org}/repos', acme, (data) => data))
        ids.push(...page.map(({ id }) => Number(id)))
      expect(ids).toEqual([1, 2])
    }
  })

  it('keeps numbers that are too large for JSON as they were', async () => {
    const large = '[{"id":3,"installation_id":9007199254740993}]'
    const headers = { etag: '"a"', 'content-type': 'application/json' }
    first().get('/orgs/acme/hooks').reply(200, large, headers)
    asking('"a"').get('/orgs/acme/hooks').reply(304)
    const github = await clientOf(bench(), byToken)
    await github.get(route, acme)
    expect((await github.get(route, acme)).data).toEqual([{ id: 3, installation_id: 9007199254740993n }])
  })
})

describe('what was kept', () => {
  it('is another credential’s never', async () => {
    let token = classicToken
    const at = bench({ token: async () => token })
    first()
      .get('/orgs/acme/hooks')
      .reply(200, [{ id: 3 }], { etag: '"a"' })
    await (await clientOf(at, byToken)).get(route, acme)
    token = 'ghp_another0123456789abcdefghijklmnopqrst'
    first().get('/orgs/acme/hooks').reply(200, [])
    expect((await (await clientOf(at, byToken)).get(route, acme)).data).toEqual([])
  })

  it('is bounded: what was not asked for longest goes first', async () => {
    const body = [{ id: 3, name: long() }]
    const at = bench({ keptBytes: 6000 })
    const github = await clientOf(at, byToken)
    const ask = (org: string) => github.get(route, { org })
    for (const org of ['one', 'two'])
      first()
        .get(`/orgs/${org}/hooks`)
        .reply(200, body, { etag: `"${org}"` })
    await ask('one')
    await ask('two')
    asking('"one"').get('/orgs/one/hooks').reply(304)
    await ask('one')
    first().get('/orgs/three/hooks').reply(200, body, { etag: '"three"' })
    await ask('three')
    asking('"one"').get('/orgs/one/hooks').reply(304)
    first().get('/orgs/two/hooks').reply(200, body, { etag: '"two"' })
    await ask('one')
    await ask('two')
  })

  it('is nothing where one answer alone is too large', async () => {
    const github = await clientOf(bench({ keptBytes: 1000 }), byToken)
    first()
      .get('/orgs/acme/hooks')
      .times(2)
      .reply(200, [{ name: long() }], { etag: '"a"' })
    await github.get(route, acme)
    await github.get(route, acme)
  })
})
