import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ApiFault } from '../../src/simulator/faults/api-fault.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

describe('a fault of the API', () => {
  let acme: Acme
  let ask: Ask
  let one: Repository
  beforeEach(async () => {
    acme = await startAcme({ permissions: { issues: 'write' } })
    one = acme.org.createRepository({ name: 'one' })
    ask = await acme.asInstallation()
  })
  afterEach(() => acme.close())

  const on = (fault: ApiFault, times?: number) => acme.sim.faults.api({ fault, times })
  const createIssue = () => ask('POST', '/repos/acme/one/issues', { title: 'x' })
  const get = async () => {
    const response = await fetch(`${acme.sim.apiUrl}/orgs/acme`)
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  it.each([
    [500, 'Server Error'],
    [502, 'Server Error'],
    [503, 'No server is currently available to service your request. Sorry about that.'],
    [504, "We couldn't respond to your request in time. Sorry about that."],
  ] as const)('answers %d in the place of GitHub', async (status, message) => {
    on({ kind: 'status', status })
    const answer = await ask('GET', '/orgs/acme')
    expect(answer.status).toBe(status)
    expect(answer.body.message).toContain(message)
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull()
    expect(answer.headers.get('x-accepted-github-permissions')).toBeNull()
    expect(acme.sim.requests.at(-1)?.status).toBe(status)
  })

  it.each([
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ] as const)('refuses with %d what it may give', async (status, message) => {
    on({ kind: 'refused', status }, 1)
    expect(await ask('GET', '/orgs/acme')).toMatchObject({ status, body: { message } })
    expect(await ask('GET', '/orgs/acme')).toMatchObject({ status: 200 })
  })

  it('strikes before a write took effect, or after it', async () => {
    on({ kind: 'status', status: 502, effect: 'before' }, 1)
    expect([(await createIssue()).status, one.issues.length]).toEqual([502, 0])
    on({ kind: 'status', status: 502, effect: 'after' }, 1)
    expect([(await createIssue()).status, one.issues.length]).toEqual([502, 1])
    expect([(await createIssue()).status, one.issues.length]).toEqual([201, 2])
  })

  it('does either when it is not said, by chance', async () => {
    const fault = on({ kind: 'status', status: 500 })
    for (let number = 0; number < 20; number += 1) await createIssue()
    expect(fault.struck).toBe(20)
    expect(one.issues.length).toBeGreaterThan(0)
    expect(one.issues.length).toBeLessThan(20)
  })

  it('cuts the connection without an answer, or in the middle of one', async () => {
    on({ kind: 'cut', effect: 'before' }, 1)
    await expect(createIssue()).rejects.toThrow('fetch failed')
    expect(one.issues).toHaveLength(0)
    on({ kind: 'cut', effect: 'after' }, 1)
    const response = await fetch(`${acme.sim.apiUrl}/orgs/acme`)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
    on({ kind: 'cut', effect: 'after' }, 1)
    await expect(createIssue()).rejects.toThrow()
    expect(one.issues).toHaveLength(1)
    expect(acme.sim.requests.map(({ status }) => status).slice(-3)).toEqual([0, 0, 0])
  })

  it('answers with a page, or with nothing', async () => {
    on({ kind: 'html' }, 1)
    const unicorn = await get()
    expect([unicorn.status, unicorn.type]).toEqual([502, 'text/html; charset=utf-8'])
    expect(unicorn.text).toMatch(/^<!DOCTYPE html>/)
    on({ kind: 'html', status: 200 }, 1)
    expect((await get()).status).toBe(200)
    on({ kind: 'empty' }, 1)
    expect(await get()).toEqual({ status: 200, type: null, text: '' })
  })

  it('makes GitHub slow', async () => {
    on({ kind: 'slow', ms: 40, effect: 'after' })
    const answering = createIssue()
    while (one.issues.length === 0) await new Promise((soon) => setTimeout(soon, 1))
    expect(acme.sim.requests.at(-1)?.status).toBe(0)
    expect((await answering).status).toBe(201)
  })

  it('imposes a wait with 429, which holds', async () => {
    on({ kind: 'tooMany', seconds: 7 }, 1)
    const first = await ask('GET', '/orgs/acme')
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
    expect(first.body.message).toContain('You have exceeded a secondary rate limit.')
    expect((await createIssue()).status).toBe(429)
    expect(acme.sim.limits.hits.map(({ kind, again }) => [kind, again])).toEqual([
      ['imposed', false],
      ['imposed', true],
    ])
    expect(one.issues).toHaveLength(0)
  })

  it('leaves holes in what GraphQL answers', async () => {
    for (const name of ['two', 'three', 'four']) acme.org.createRepository({ name })
    on({ kind: 'partial', share: 0.5 }, 1)
    const query = '{ organization(login: "acme") { repositories(first: 10) { totalCount nodes { name } } } }'
    const { status, body } = await ask('POST', '/graphql', { query })
    const { nodes, totalCount } = body.data.organization.repositories
    const holes = nodes.flatMap((node: unknown, index: number) => (node === null ? [index] : []))
    expect([status, totalCount, nodes.length]).toEqual([200, 4, 4])
    expect(holes.length).toBeGreaterThan(0)
    expect(body.errors.map(({ path }: { path: unknown }) => path)).toEqual(
      holes.map((index: number) => ['organization', 'repositories', 'nodes', index]),
    )
    expect(body.errors[0].message).toMatch(/^Something went wrong while executing your query\. This may be /)
  })

  it('leaves nothing of what GraphQL answers, with 200 or 502', async () => {
    const query = '{ viewer { login } }'
    on({ kind: 'noData' }, 1)
    const none = await ask('POST', '/graphql', { query })
    expect([none.status, none.body.data]).toEqual([200, null])
    expect(none.body.errors[0].message).toContain('Something went wrong while executing your query')
    on({ kind: 'status', status: 502 }, 1)
    const late = await ask('POST', '/graphql', { query })
    expect([late.status, late.body.data]).toEqual([502, null])
  })

  it('strikes whom it is told to, until it is switched off', async () => {
    const fault = acme.sim.faults.api({
      fault: { kind: 'status', status: 500 },
      when: ({ method }) => method === 'POST',
    })
    expect((await ask('GET', '/orgs/acme')).status).toBe(200)
    expect((await createIssue()).status).toBe(500)
    fault.off()
    expect((await createIssue()).status).toBe(201)
    expect(fault.struck).toBe(1)
    on({ kind: 'status', status: 500 })
    acme.sim.faults.clear()
    expect((await ask('GET', '/orgs/acme')).status).toBe(200)
  })

  it('strikes by chance, the same way for the same numbers', async () => {
    const struck = async () => {
      const acme = await startAcme({ random: sequence([0.9, 0.1, 0.6, 0.2]) })
      acme.sim.faults.api({ fault: { kind: 'status', status: 500, effect: 'before' }, probability: 0.5 })
      const all = []
      for (let number = 0; number < 4; number += 1) all.push((await acme.asNobody('GET', '/orgs/acme')).status)
      await acme.close()
      return all
    }
    expect(await struck()).toEqual([200, 500, 200, 500])
  })
})

function sequence(numbers: readonly number[]): () => number {
  let index = 0
  return () => numbers[index++ % numbers.length] ?? 0
}
