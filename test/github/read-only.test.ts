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
  expect((await refusalOf(reader.query('M', mutation, {}))).message).toContain('was not sent')
  expect(reader.calls).toHaveLength(1)

  expect(await clients.readerFor({ ...byToken, id: 3 }, live('a plan'))).toBeNull()
})
