import { get } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'

describe('answers', () => {
  let acme: Acme
  afterEach(() => acme.close())

  it('come in pages of thirty, at most of a hundred, with links to the others', async () => {
    acme = await startAcme()
    for (let number = 1; number <= 205; number += 1) acme.org.createRepository({ name: `r${number}` })
    const ask = await acme.asInstallation()
    const url = `${acme.sim.apiUrl}/installation/repositories`
    const link = async (query: string) => {
      const { body, headers } = await ask('GET', `/installation/repositories${query}`)
      return [body.repositories.length, body.total_count, headers.get('link')]
    }
    expect(await link('')).toEqual([30, 205, `<${url}?page=2>; rel="next", <${url}?page=7>; rel="last"`])
    expect(await link('?per_page=500&page=2')).toEqual([
      100,
      205,
      `<${url}?per_page=500&page=1>; rel="prev", <${url}?per_page=500&page=3>; rel="next", <${url}?per_page=500&page=3>; rel="last", <${url}?per_page=500&page=1>; rel="first"`,
    ])
    expect((await link('?per_page=100&page=3')).slice(0, 2)).toEqual([5, 205])
    expect((await link('?per_page=100&page=4')).slice(0, 2)).toEqual([0, 205])
  })

  it('are not sent again to who has them, and that costs nothing', async () => {
    acme = await startAcme()
    const ask = await acme.asInstallation()
    const first = await ask('GET', '/orgs/acme')
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/)
    const again = await ask('GET', '/orgs/acme', undefined, { 'if-none-match': etag })
    expect([again.status, again.body]).toEqual([304, undefined])
    expect(again.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'))
    acme.org.set({ description: 'changed' })
    expect((await ask('GET', '/orgs/acme', undefined, { 'if-none-match': etag })).status).toBe(200)
    expect((await ask('GET', '/orgs/acme', undefined, { 'if-none-match': `"a", ${etag}` })).status).toBe(200)
  })

  it('are not sent again to nobody in particular either, but count', async () => {
    acme = await startAcme()
    const first = await acme.asNobody('GET', '/orgs/acme')
    const strong = (first.headers.get('etag') ?? '').replace('W/', '')
    const again = await acme.asNobody('GET', '/orgs/acme', undefined, { 'if-none-match': `"a", ${strong}` })
    expect(again.status).toBe(304)
    expect([first, again].map(({ headers }) => headers.get('x-ratelimit-used'))).toEqual(['1', '2'])
  })

  it('link from a repository and an organization by their ids, which lead to them', async () => {
    acme = await startAcme({ permissions: { issues: 'write' } })
    const one = acme.org.createRepository({ name: 'one' })
    acme.org.createRepository({ name: 'two' })
    for (const title of ['a', 'b']) one.createIssue({ title })
    const ask = await acme.asInstallation()
    const next = async (path: string) => {
      const { headers } = await ask('GET', path)
      return /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]?.slice(acme.sim.apiUrl.length) ?? ''
    }
    const issues = await next('/repos/acme/one/issues?per_page=1')
    expect(issues).toBe(`/repositories/${one.id}/issues?per_page=1&page=2`)
    expect((await ask('GET', issues)).body).toMatchObject([{ title: 'a' }])
    const repositories = await next('/orgs/acme/repos?per_page=1')
    expect(repositories).toBe(`/organizations/${acme.org.id}/repos?per_page=1&page=2`)
    expect((await ask('GET', repositories)).body).toMatchObject([{ name: 'one' }])
  })

  it('are refused to who does not say what it is', async () => {
    acme = await startAcme()
    const { hostname, port } = new URL(acme.sim.apiUrl)
    const [status, type, text] = await new Promise<unknown[]>((resolve, reject) => {
      get({ hostname, port, path: '/orgs/acme' }, async (response) => {
        const chunks = []
        for await (const chunk of response) chunks.push(chunk)
        resolve([response.statusCode, response.headers['content-type'], Buffer.concat(chunks).toString()])
      }).on('error', reject)
    })
    expect([status, type]).toEqual([403, 'text/html; charset=utf-8'])
    expect(text).toContain('Please make sure your request has a User-Agent header')
  })

  it('count against an hourly budget, which is enforced and comes back', async () => {
    let now = Date.parse('2026-01-10T12:00:00Z')
    acme = await startAcme({ limits: { primary: 3 }, clock: () => now })
    const ask = await acme.asInstallation()
    const used = []
    for (let number = 0; number < 3; number += 1) {
      const { status, headers } = await ask('GET', '/orgs/acme')
      used.push([status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')])
    }
    expect(used).toEqual([
      [200, '3', '2'],
      [200, '3', '1'],
      [200, '3', '0'],
    ])
    const refused = await ask('GET', '/orgs/acme')
    expect(refused.status).toBe(403)
    const requestId = refused.headers.get('x-github-request-id')
    expect(requestId).toMatch(/^[0-9A-F]{4}(:[0-9A-F]+){4}$/)
    expect(refused.body).toEqual({
      message: `API rate limit exceeded for installation ID ${acme.installation.id}. If you reach out to GitHub Support for help, please include the request ID ${requestId} and timestamp 2026-01-10 12:00:00 UTC.`,
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
      status: '403',
    })
    expect(refused.headers.get('x-ratelimit-reset')).toBe('1768050000')
    const { status, body } = await ask('GET', '/rate_limit')
    expect([status, body.rate]).toEqual([200, { limit: 3, used: 3, remaining: 0, reset: 1768050000 }])
    now += 3_600_000
    expect((await (await acme.asInstallation())('GET', '/orgs/acme')).status).toBe(200)
  })

  it('give a large installation a larger budget', async () => {
    acme = await startAcme()
    for (let number = 1; number <= 25; number += 1) acme.org.createRepository({ name: `r${number}` })
    const { headers } = await (await acme.asInstallation())('GET', '/orgs/acme')
    expect(headers.get('x-ratelimit-limit')).toBe('5250')
    acme.org.plan = 'enterprise'
    const { body } = await (await acme.asInstallation())('GET', '/rate_limit')
    expect([body.resources.core.limit, body.resources.graphql.limit]).toEqual([15_000, 10_000])
  })

  it('refuse a body that is no JSON object', async () => {
    acme = await startAcme({ permissions: { organization_hooks: 'write' } })
    const ask = await acme.asInstallation()
    expect(await ask('POST', '/orgs/acme/hooks', '{"name":')).toMatchObject({
      status: 400,
      body: { message: 'Problems parsing JSON' },
    })
    expect((await ask('POST', '/orgs/acme/hooks', '[1]')).body.message).toBe('Body should be a JSON object')
  })

  it('come from below /api/v3 on a GHES, with its version and without rate limits', async () => {
    acme = await startAcme({ flavour: 'ghes' })
    expect(acme.sim.apiUrl).toBe(`${acme.sim.htmlUrl}/api/v3`)
    const ask = await acme.asInstallation()
    const meta = await ask('GET', '/meta')
    expect(meta.body.installed_version).toBe('3.19.1')
    expect(meta.headers.get('x-github-enterprise-version')).toBe('3.19.1')
    expect(meta.headers.get('x-ratelimit-limit')).toBeNull()
    const missing = await ask('GET', '/orgs/nobody')
    expect(missing.body.documentation_url).toMatch(/^https:\/\/docs\.github\.com\/enterprise-server@3\.19\/rest\//)
    expect((await ask('GET', '/rate_limit')).body.message).toBe('Rate limiting is not enabled.')
    expect((await fetch(`${acme.sim.htmlUrl}/meta`)).status).toBe(404)
    acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    expect(acme.sim.deliveriesOf(acme.app.hook).at(-1)?.request.headers['X-GitHub-Enterprise-Version']).toBe('3.19.1')
  })

  it('are remembered with their requests, without credentials', async () => {
    acme = await startAcme({ permissions: { organization_hooks: 'write' } })
    const ask = await acme.asInstallation()
    await ask('GET', '/orgs/acme?a=b')
    await ask('POST', '/orgs/acme/hooks', { name: 'web', config: { url: 'https://hooks.example/1' } })
    await acme.as('token wrong')('DELETE', '/orgs/acme/hooks/1')
    const [token, get, post, wrong] = acme.sim.requests
    expect(token).toMatchObject({
      route: 'POST /app/installations/{installation_id}/access_tokens',
      actor: `app ${acme.app.id}`,
    })
    expect(get).toMatchObject({ method: 'GET', path: '/orgs/acme', query: { a: 'b' }, body: undefined, status: 200 })
    expect(get?.headers).not.toHaveProperty('authorization')
    expect(wrong).toMatchObject({ status: 401, actor: 'refused' })
    expect(acme.sim.writes).toEqual([post, wrong])
  })

  it('are 500 when the judge throws, which is kept', async () => {
    acme = await startAcme({
      onRequest: ({ path }) => {
        if (path === '/user') throw new Error('not that')
      },
    })
    const { status } = await acme.asNobody('GET', '/user')
    expect(status).toBe(500)
    expect(acme.sim.judged.map(({ message }) => message)).toEqual(['not that'])
  })
})
