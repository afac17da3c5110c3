import { afterEach, describe, expect, it } from '@jest/globals'
import { createRolling } from '../../src/simulator/limits/rolling.ts'
import { type Acme, type AcmeOptions, startAcme } from './acme.ts'
import { type Ask, asking } from './ask.ts'

const start = Date.parse('2026-01-10T12:00:00Z')
const rest = 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits'
const tooFast = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

describe('limits', () => {
  let acme: Acme
  let now: number
  afterEach(() => acme.close())

  const limited = async (limits: AcmeOptions['limits']): Promise<Ask> => {
    now = start
    acme = await startAcme({ permissions: { issues: 'write', checks: 'write' }, limits, clock: () => now })
    acme.org.createRepository({ name: 'one' })
    return acme.asInstallation()
  }
  const statuses = async (ask: Ask, times: number, method = 'GET', path = '/orgs/acme', body?: object) => {
    const all = []
    for (let number = 0; number < times; number += 1) all.push((await ask(method, path, body)).status)
    return all
  }
  const hits = () => acme.sim.limits.hits.map(({ kind, again }) => [kind, again])

  it('allow so many points a minute, then refuse and say how long to wait', async () => {
    const ask = await limited({ restPointsPerMinute: 7 })
    expect(await statuses(ask, 2)).toEqual([200, 200])
    now += 20_000
    expect(await statuses(ask, 1, 'POST', '/repos/acme/one/issues', { title: 'x' })).toEqual([201])
    const refused = await ask('GET', '/orgs/acme')
    expect(refused).toMatchObject({ status: 403, body: { documentation_url: rest, status: '403' } })
    expect(refused.body.message).toContain(tooFast)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('4997')
    expect(acme.sim.limits.hits).toEqual([
      {
        at: start + 20_000,
        caller: `installation ${acme.installation.id}`,
        kind: 'restPointsPerMinute',
        until: start + 80_000,
        again: false,
      },
    ])
  })

  it('refuse again, and say so, who goes on before the wait is over', async () => {
    const ask = await limited({ restPointsPerMinute: 5 })
    expect(await statuses(ask, 6)).toEqual([200, 200, 200, 200, 200, 403])
    now += 59_000
    const early = await ask('GET', '/orgs/acme')
    expect([early.status, early.headers.get('retry-after')]).toEqual([403, '1'])
    now += 1000
    expect(await statuses(ask, 6)).toEqual([200, 200, 200, 200, 200, 403])
    expect(hits()).toEqual([
      ['restPointsPerMinute', false],
      ['restPointsPerMinute', true],
      ['restPointsPerMinute', false],
    ])
  })

  it('hold each caller to its own', async () => {
    const ask = await limited({ restPointsPerMinute: 5 })
    const { value } = acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: [] })
    expect(await statuses(ask, 6)).toEqual([200, 200, 200, 200, 200, 403])
    expect(await statuses(acme.as(`token ${value}`), 6)).toEqual([200, 200, 200, 200, 200, 403])
    expect(acme.sim.limits.hits.map(({ again }) => again)).toEqual([false, false])
  })

  it('may refuse with 429, and without a word on how long', async () => {
    const ask = await limited({ restPointsPerMinute: 5, retryAfterHeader: false, secondaryStatus: 429 })
    await statuses(ask, 5)
    const { status, body, headers } = await ask('GET', '/orgs/acme')
    expect([status, body.status, headers.get('retry-after')]).toEqual([429, '429', null])
  })

  it('stop issues and comments that come too fast, and nothing else', async () => {
    const ask = await limited({ contentPerMinute: 2 })
    const title = { title: 'x' }
    expect(await statuses(ask, 1, 'POST', '/repos/acme/one/issues', title)).toEqual([201])
    expect(await statuses(ask, 2, 'POST', '/repos/acme/one/issues/1/comments', { body: 'y' })).toEqual([201, 403])
    const { body } = await ask('POST', '/repos/acme/one/issues', title)
    expect(body.message).toMatch(
      /^You have exceeded a secondary rate limit and have been temporarily blocked from content creation\. Please retry your request again later\. /,
    )
    expect(await statuses(ask, 1, 'PATCH', '/repos/acme/one/issues/1', title)).toEqual([200])
    const run = { name: 'n', head_sha: acme.org.repositories.get('one')?.branches.get('main') }
    expect(await statuses(ask, 1, 'POST', '/repos/acme/one/check-runs', run)).toEqual([201])
    expect(hits()).toEqual([
      ['contentPerMinute', false],
      ['contentPerMinute', true],
    ])
  })

  it('stop what is too much for an hour until the hour has room', async () => {
    await limited({ contentPerHour: 2 })
    const create = async () => (await acme.asInstallation())('POST', '/repos/acme/one/issues', { title: 'x' })
    await create()
    now += 600_000
    await create()
    const refused = await create()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '3000'])
    now += 3_000_000
    expect([(await create()).status, (await create()).status]).toEqual([201, 403])
  })

  it('allow so many at the same time', async () => {
    const ask = await limited({ concurrent: 2 })
    acme.sim.faults.api({ fault: { kind: 'slow', ms: 60, effect: 'before' } })
    const all = await Promise.all([1, 2, 3].map(() => ask('GET', '/orgs/acme')))
    expect(all.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(new Set(acme.sim.limits.hits.map(({ kind, again }) => `${kind} ${again}`))).toEqual(
      new Set(['concurrent false']),
    )
    now += 60_000
    const two = await Promise.all([1, 2].map(() => ask('GET', '/orgs/acme')))
    expect(two.map(({ status }) => status)).toEqual([200, 200])
  })

  it('give GraphQL an hour’s budget of its own, in points', async () => {
    const ask = await limited({ graphPoints: 3, primary: 2 })
    const graphql = (query: string) => ask('POST', '/graphql', { query })
    const { body } = await graphql('{ rateLimit { cost limit remaining used nodeCount resetAt } }')
    expect(body.data.rateLimit).toEqual({
      cost: 1,
      limit: 3,
      remaining: 2,
      used: 1,
      nodeCount: 0,
      resetAt: '2026-01-10T13:00:00Z',
    })
    expect((await ask('GET', '/orgs/acme')).headers.get('x-ratelimit-resource')).toBe('core')
    await graphql('{ viewer { login } }')
    const last = await graphql('{ no such query')
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0')
    const over = await graphql('{ viewer { login } }')
    expect([over.status, over.headers.get('x-ratelimit-remaining'), over.headers.get('x-ratelimit-resource')]).toEqual([
      200,
      '0',
      'graphql',
    ])
    expect(over.body.errors).toHaveLength(1)
    expect(over.body.errors[0].type).toBe('RATE_LIMITED')
    expect(over.body.errors[0].message).toContain(
      `API rate limit exceeded for installation ID ${acme.installation.id}.`,
    )
    expect(over.body).not.toHaveProperty('data')
    expect((await ask('GET', '/orgs/acme')).status).toBe(200)
    const budgets = (await ask('GET', '/rate_limit')).body.resources
    expect(budgets).toMatchObject({ core: { limit: 2, used: 2 }, graphql: { limit: 3, used: 3, remaining: 0 } })
    now += 3_600_000
    const again = await acme.asInstallation()
    expect((await again('POST', '/graphql', { query: '{ viewer { login } }' })).body.data).toBeDefined()
    expect(hits()).toEqual([['graphPoints', false]])
  })

  it('allow GraphQL so many points a minute, a mutation counting as five', async () => {
    const ask = await limited({ graphPointsPerMinute: 6 })
    const graphql = (query: string) => ask('POST', '/graphql', { query })
    expect((await graphql('mutation { noSuchThing }')).status).toBe(200)
    expect((await graphql('{ viewer { login } }')).status).toBe(200)
    const refused = await graphql('{ viewer { login } }')
    expect(refused).toMatchObject({
      status: 403,
      body: {
        documentation_url:
          'https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#secondary-rate-limits',
      },
    })
    expect((await ask('GET', '/orgs/acme')).status).toBe(200)
  })

  it('count a refused request of the primary limit once, and those after it as repeated', async () => {
    const ask = await limited({ primary: 1 })
    expect(await statuses(ask, 3)).toEqual([200, 403, 403])
    expect(hits()).toEqual([
      ['primary', false],
      ['primary', true],
    ])
    expect((await ask('GET', '/rate_limit')).status).toBe(200)
  })

  it('are GitHub’s own on github.com, and none on a GHES but those it was given', async () => {
    await limited({})
    const nobody = await acme.asNobody('GET', '/orgs/acme')
    expect(nobody.headers.get('x-ratelimit-limit')).toBe('60')
    await acme.close()
    acme = await startAcme({ flavour: 'ghes', limits: { restPointsPerMinute: 2 } })
    const ask = asking(acme.sim.apiUrl)
    expect(await statuses(ask, 3)).toEqual([200, 200, 403])
  })
})

it('a rolling window forgets what is as old as it is long', () => {
  let now = 0
  const rolling = createRolling(() => now, 100, 3)
  rolling.add('a', 2)
  now = 50
  rolling.add('a', 1)
  expect([rolling.fits('a', 1), rolling.fits('b', 3), rolling.nextRoom('a')]).toEqual([false, true, 100])
  now = 99
  expect(rolling.fits('a', 1)).toBe(false)
  now = 100
  expect([rolling.fits('a', 2), rolling.fits('a', 3), rolling.nextRoom('a')]).toEqual([true, false, 150])
})
