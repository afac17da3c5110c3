import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type JudgedRequest, openApiJudge } from '../support/openapi-judge.ts'
import { type Acme, startAcme } from './acme.ts'

describe('the judge', () => {
  const judge = openApiJudge()
  const judged = (asked: string, body?: unknown, query: JudgedRequest['query'] = {}) => {
    const [method = '', path = ''] = asked.split(' ')
    return () => judge({ method, path, query, body })
  }
  const config = { url: 'https://hooks.example/', content_type: 'json', insecure_ssl: '0', secret: 's' }

  it('lets good requests pass', () => {
    expect(judged('GET /orgs/acme/repos', undefined, { per_page: '100', page: '2', type: 'all' })).not.toThrow()
    expect(judged('POST /orgs/acme/hooks', { name: 'web', config, events: ['push'], active: true })).not.toThrow()
    expect(judged('POST /orgs/acme/hooks/1/pings')).not.toThrow()
    const output = { title: 't', summary: 's' }
    const run = { name: 'n', head_sha: 'a', status: 'completed', conclusion: 'success', output }
    expect(judged('POST /repos/a/b/check-runs', run)).not.toThrow()
    expect(judged('PATCH /repos/a/b/check-runs/1', { conclusion: 'success' })).not.toThrow()
    expect(judged('GET /repos/a/b/commits/heads/main/check-runs', undefined, { check_name: 'n' })).not.toThrow()
    expect(judged('PATCH /repos/a/b/issues/1', { body: null, state: 'closed' })).not.toThrow()
    expect(judged('POST /graphql', { query: '{ viewer { login } }', variables: {} })).not.toThrow()
  })

  it.each([
    [
      'an unknown operation',
      'GET /orgs/acme/nothing',
      undefined,
      {},
      'GET /orgs/acme/nothing: GitHub describes no such operation.',
    ],
    ['an unknown method', 'PUT /orgs/acme', {}, {}, 'no such operation'],
    ['an undocumented operation', 'GET /repositories/1', undefined, {}, 'no such operation'],
    [
      'an unknown query name',
      'GET /orgs/acme/hooks',
      undefined,
      { perpage: '5' },
      'GET /orgs/{org}/hooks: it must NOT have additional properties {"additionalProperty":"perpage"}',
    ],
    ['a wrong type in the query', 'GET /orgs/acme/hooks', undefined, { page: 'two' }, '/page must be integer'],
    [
      'an unknown value in the query',
      'GET /repos/a/b/issues',
      undefined,
      { state: 'opened' },
      '/state must be equal to one of the allowed values',
    ],
    ['an unknown property', 'PATCH /orgs/acme', { nickname: 'x' }, {}, '"additionalProperty":"nickname"'],
    [
      'an unknown property deep inside',
      'POST /orgs/acme/hooks',
      { name: 'web', config: { ...config, ssl: true } },
      {},
      '/config must NOT have additional properties {"additionalProperty":"ssl"}',
    ],
    ['a wrong type', 'POST /orgs/acme/hooks', { name: 'web', config, active: 'yes' }, {}, '/active must be boolean'],
    ['a missing property', 'POST /orgs/acme/hooks', { name: 'web' }, {}, "must have required property 'config'"],
    ['a missing body', 'POST /orgs/acme/hooks', undefined, {}, 'a body is required'],
    ['a body that nobody reads', 'GET /orgs/acme', { a: 1 }, {}, 'it takes no body'],
    [
      'a conclusion that is none',
      'PATCH /repos/a/b/check-runs/1',
      { conclusion: 'alarm' },
      {},
      '/conclusion must be equal to one of the allowed values',
    ],
    [
      'a completed check run without conclusion',
      'POST /repos/a/b/check-runs',
      { name: 'n', head_sha: 'a', status: 'completed' },
      {},
      'a completed check run needs a conclusion',
    ],
    [
      'the same in an update',
      'PATCH /repos/a/b/check-runs/1',
      { status: 'completed' },
      {},
      'a completed check run needs a conclusion',
    ],
    [
      'an unknown permission',
      'POST /app/installations/1/access_tokens',
      { permissions: { everything: 'write' } },
      {},
      '"additionalProperty":"everything"',
    ],
    ['a GraphQL request without query', 'POST /graphql', { variables: {} }, {}, "must have required property 'query'"],
  ])('refuses %s', (_, asked, body, query, fault) => {
    expect(judged(asked, body, query)).toThrow(fault)
  })

  describe('at a simulator', () => {
    let acme: Acme
    beforeAll(async () => {
      acme = await startAcme({
        onRequest: openApiJudge(),
        flavour: 'ghes',
        permissions: { organization_hooks: 'write' },
      })
    })
    afterAll(() => acme.close())

    it('sees paths without the prefix of a GHES, and every fault stays', async () => {
      const ask = await acme.asInstallation()
      expect((await ask('GET', '/orgs/acme/hooks?per_page=1')).status).toBe(200)
      expect(acme.sim.judged).toEqual([])
      expect((await ask('POST', '/orgs/acme/hooks', { config })).status).toBe(500)
      expect(acme.sim.judged.map(({ message }) => message)).toEqual([
        'POST /orgs/{org}/hooks: it must have required property \'name\' {"missingProperty":"name"}',
      ])
      expect(acme.org.hooks).toHaveLength(0)
    })
  })
})
