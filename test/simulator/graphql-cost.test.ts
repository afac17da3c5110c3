import { describe, expect, it } from '@jest/globals'
import { parse } from 'graphql'
import { costOf } from '../../src/simulator/graphql/cost.ts'
import { startAcme } from './acme.ts'

describe('the cost of a GraphQL call', () => {
  it.each([
    // The two examples of GitHub's documentation.
    [
      '{ viewer { repositories(first: 100) { edges { node { issues(first: 50) { edges { node { labels(first: 60) { edges { node { id } } } } } } } } } } }',
      { points: 51, nodes: 305_100 },
    ],
    [
      `{ viewer {
          repositories(first: 50) { edges { repository: node {
            pullRequests(first: 20) { edges { node { comments(first: 10) { edges { node { id } } } } } }
            issues(first: 20) { edges { node { comments(first: 10) { edges { node { id } } } } } } } } }
          followers(first: 10) { edges { node { login } } } } }`,
      { points: 21, nodes: 22_060 },
    ],
    ['{ viewer { login } }', { points: 1, nodes: 0 }],
    ['{ organization(login: "a") { repositories(last: 100) { nodes { id } } } }', { points: 1, nodes: 100 }],
    [
      'query ($n: Int!, $ids: [ID!]!) { nodes(ids: $ids) { ... on R { topics(first: $n) { n } } } }',
      { points: 2, nodes: 2200 },
    ],
    ['{ a { ...F } } fragment F on A { b(first: 10) { c(first: 10) { d } ...F } }', { points: 1, nodes: 110 }],
  ])('%s', (query, expected) => {
    const variables = { n: 10, ids: Array(200).fill('R_x') }
    expect(costOf(parse(query), null, variables)).toEqual({ ...expected, mutation: false })
  })

  it('is that of the operation that is named', () => {
    const document = parse('query A { a } mutation B { b }')
    expect([costOf(document, 'A', {}).mutation, costOf(document, 'B', {}).mutation]).toEqual([false, true])
  })

  it('is refused above half a million nodes', async () => {
    const acme = await startAcme()
    const ask = await acme.asInstallation()
    const topics = 'repositoryTopics(first: 100) { nodes { topic { name } } }'
    const many = Array.from({ length: 51 }, (_, index) => `a${index}: ${topics}`).join(' ')
    const query = `{ organization(login: "acme") { repositories(first: 100) { nodes { ${many} } } } }`
    const { status, body } = await ask('POST', '/graphql', { query })
    expect([status, body.errors[0].type]).toEqual([200, 'MAX_NODE_LIMIT_EXCEEDED'])
    await acme.close()
  })
})
