import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import nock from 'nock'
import { live } from '../../src/model/github.ts'
import { api, bench, byToken, refusalOf } from './fixture.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
// Else it answers what later tests of the same process ask.
afterAll(() => nock.restore())

it('a reader reads, counts its calls, and has no way to write', async () => {
  const { clients } = bench()
  nock(api).get('/user').reply(200, { login: 'ada' })
  const reader = await clients.readerFor(byToken, live('a plan'))
  if (!reader) throw new Error('no reader')
  expect((await reader.get('GET /user', {})).data.login).toBe('ada')
  expect(reader.calls.map(({ path }) => path)).toEqual(['/user'])
  expect(Object.keys(reader).toSorted()).toEqual(['calls', 'get', 'pages', 'query'])

  const sneaked = reader.get('DELETE /repos/{owner}/{repo}' as 'GET /user', {})
  expect((await refusalOf(sneaked)).message).toContain('was not sent')
  const mutation = 'mutation M { deleteRef(input: { refId: "R_1" }) { clientMutationId } }'
  for (const document of [
    mutation,
    `# a query\n${mutation}`,
    `query Q { viewer { login } } ${mutation}`,
    `fragment F on User { login } ${mutation}`,
    'subscription S { viewer { login } }',
    'no GraphQL at all',
  ])
    expect((await refusalOf(reader.query('M', document, {}))).message).toContain('was not sent')
  // What the types leave out is not there either, however it is called.
  for (const way of ['mutate', 'write', 'request', 'graphql'])
    expect([way, (reader as unknown as Record<string, unknown>)[way]]).toEqual([way, undefined])
  expect(reader.calls).toHaveLength(1)

  expect(await clients.readerFor({ ...byToken, id: 3 }, live('a plan'))).toBeNull()
})
