import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { whyNoQuery } from '../../src/github/graph.ts'
import { api, bench, byToken, clientOf, refusalOf } from './fixture.ts'

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const unused = nock.pendingMocks()
  nock.cleanAll()
  expect(unused).toEqual([])
})
afterAll(() => nock.restore())

const document = 'query Two($id: ID!) { a: node(id: $id) { id } b: node(id: "2") { id } }'

async function answerTo(body: nock.Body, headers = {}) {
  nock(api)
    .post('/graphql', { query: document, variables: { id: '1' } })
    .reply(200, body, headers)
  const github = await clientOf(bench(), byToken)
  const answer = () => github.query<{ a: unknown; b: unknown }>('Two', document, { id: '1' })
  return { github, answer: answer() }
}

describe('a mutation', () => {
  const change = 'mutation Change($id: ID!) { deleteRef(input: { refId: $id }) { clientMutationId } }'

  it.each([
    ['NOT_FOUND', { deleteRef: null }, 'Could not resolve to a node'],
    ['FORBIDDEN', { deleteRef: null }, 'Viewer may not change it.'],
    ['UNPROCESSABLE', null, 'Repository was archived so is read-only.'],
    ['FORBIDDEN', { deleteRef: { clientMutationId: null } }, 'Some of it was left undone.'],
  ])('that is refused with status 200 (%s, %j) is a refusal, and no change was made', async (type, data, message) => {
    nock(api)
      .post('/graphql')
      .reply(200, { data, errors: [{ type, path: ['deleteRef'], message }] })
    const github = await clientOf(bench(), byToken)
    expect((await refusalOf(github.mutate('Change', change, { id: '1' }))).message).toContain(message)
    expect(github.calls).toMatchObject([{ path: '/graphql mutation Change', status: 200, isRefused: true }])
  })

  it('gives what came of it', async () => {
    nock(api)
      .post('/graphql')
      .reply(200, { data: { deleteRef: { clientMutationId: null } } })
    const github = await clientOf(bench(), byToken)
    expect((await github.mutate('Change', change, { id: '1' })).data).toEqual({ deleteRef: { clientMutationId: null } })
    expect(github.calls[0]).not.toHaveProperty('isRefused')
  })

  it.each([
    ['query A { viewer { login } }', 'only mutations are allowed'],
    ['mutation A { a } query B { viewer { login } }', 'only mutations are allowed'],
  ])('is what changes something, and nothing else (%s)', async (document, why) => {
    const github = await clientOf(bench(), byToken)
    expect((await refusalOf(github.mutate('A', document, {}))).message).toContain(why)
    expect(github.calls).toEqual([])
  })
})

describe('a query', () => {
  it('gives its data and is recorded under its name', async () => {
    const { github, answer } = await answerTo({ data: { a: { id: '1' }, b: { id: '2' } } })
    expect(await answer).toEqual({ data: { a: { id: '1' }, b: { id: '2' } }, errors: [] })
    expect(github.calls).toMatchObject([{ method: 'POST', path: '/graphql Two', status: 200 }])
  })

  it.each([
    ['https://ghe.example/api/v3', '/api/graphql'],
    ['https://ghe.example/api/v3/', '/api/graphql'],
  ])('goes to the Enterprise Server’s own address (%s)', async (apiUrl, path) => {
    nock('https://ghe.example')
      .post(path)
      .reply(200, { data: { viewer: { login: 'ada' } } })
    const github = await clientOf(bench({ apiUrl }), byToken)
    expect((await github.query('Viewer', '{ viewer { login } }', {})).data).toEqual({ viewer: { login: 'ada' } })
  })

  it('keeps what came beside what was not found or was forbidden', async () => {
    const { answer } = await answerTo({
      data: { a: { id: '1' }, b: null },
      errors: [
        { type: 'NOT_FOUND', path: ['b'], message: 'Could not resolve to a node' },
        { type: 'FORBIDDEN', path: ['b'], message: 'Resource not accessible by integration' },
      ],
    })
    expect(await answer).toEqual({
      data: { a: { id: '1' }, b: null },
      errors: [
        { type: 'NOT_FOUND', path: ['b'], message: 'Could not resolve to a node' },
        { type: 'FORBIDDEN', path: ['b'], message: 'Resource not accessible by integration' },
      ],
    })
  })

  it('that found nothing at all is still an answer', async () => {
    const { answer } = await answerTo({
      data: { a: null, b: null },
      errors: [{ type: 'NOT_FOUND', path: ['a'], message: 'no such node' }],
    })
    expect((await answer).errors).toHaveLength(1)
  })

  it.each([
    [{ data: { a: null, b: null }, errors: [{ type: 'FORBIDDEN', path: ['a'], message: 'No' }] }, 'refused'],
    [{ errors: [{ type: 'RATE_LIMIT', message: 'API rate limit already exceeded for user ID 1.' }] }, 'rate-limited'],
    [
      { data: { a: {} }, errors: [{ type: 'RATE_LIMITED', path: ['b'], message: 'API rate limit exceeded' }] },
      'rate-limited',
    ],
    [{ data: { a: {} }, errors: [{ type: 'INSUFFICIENT_SCOPES', message: 'scopes' }] }, 'scope-missing'],
    [{ data: null, errors: [{ message: 'Something went wrong while executing your query.' }] }, 'unavailable'],
    [{ errors: [{ message: "Field 'x' doesn't exist on type 'Query'" }] }, 'refused'],
    [{}, 'unavailable'],
  ])('is refused with HTTP 200 (%#)', async (body, code) => {
    const refusal = await refusalOf((await answerTo(body)).answer)
    expect(refusal.diagnosis).toMatchObject({ code, call: 'query Two' })
  })
})

describe('a document', () => {
  it.each(['{ viewer { login } }', 'query A { viewer { ...F } } fragment F on User { login }'])('asks: %s', (text) => {
    expect(whyNoQuery(text)).toBeNull()
  })

  it.each([
    ['mutation { deleteRef(input: { refId: "1" }) { clientMutationId } }', 'only queries are allowed'],
    ['query A { viewer { login } } mutation B { a }', 'only queries are allowed'],
    ['# query\nsubscription { a }', 'only queries are allowed'],
    ['type A { a: Int }', 'only queries are allowed'],
    ['fragment F on User { login }', 'the document has no operation'],
    ['{ viewer', 'Syntax Error: Expected Name, found <EOF>.'],
  ])('does not: %s', (text, why) => {
    expect(whyNoQuery(text)).toBe(why)
  })

  it('that does not ask is not sent', async () => {
    const github = await clientOf(bench(), byToken)
    const refusal = await refusalOf(github.query('Delete', 'mutation { a }', {}))
    expect(refusal.message).toBe('query Delete was not sent: only queries are allowed.')
    expect(github.calls).toEqual([])
  })
})
