import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'
import { type Ask, asking } from './ask.ts'

describe('GraphQL', () => {
  let acme: Acme
  let ask: Ask
  beforeAll(async () => {
    acme = await startAcme({ permissions: { contents: 'read', vulnerability_alerts: 'read' } })
    acme.org.createRepository({
      name: 'one',
      description: 'First',
      topics: ['a', 'b'],
      language: 'TypeScript',
      settings: { deleteBranchOnMerge: true, hasWiki: false, vulnerabilityAlerts: true },
    })
    acme.org.createRepository({ name: 'two', visibility: 'public', empty: true })
    acme.org.createRepository({ name: 'three' })
    acme.sim.createOrganization({ login: 'other' }).createRepository({ name: 'theirs' })
    ask = await acme.asInstallation()
  })
  afterAll(() => acme.close())

  const query = async (text: string, variables?: object) => {
    const { status, body } = await ask('POST', '/graphql', { query: text, variables })
    expect(status).toBe(200)
    return body
  }

  it('answers for a repository what REST hides', async () => {
    const one = acme.org.repositories.get('one')
    const { data } = await query(
      `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
        id databaseId nameWithOwner owner { login } visibility isPrivate isEmpty deleteBranchOnMerge mergeCommitAllowed
        hasWikiEnabled hasVulnerabilityAlertsEnabled description homepageUrl
        defaultBranchRef { name target { oid } } primaryLanguage { name }
        repositoryTopics(first: 1) { totalCount nodes { topic { name } } } } }`,
      { owner: 'acme', name: 'one' },
    )
    expect(data.repository).toEqual({
      id: one?.nodeId,
      databaseId: one?.id,
      nameWithOwner: 'acme/one',
      owner: { login: 'acme' },
      visibility: 'PRIVATE',
      isPrivate: true,
      isEmpty: false,
      deleteBranchOnMerge: true,
      mergeCommitAllowed: true,
      hasWikiEnabled: false,
      hasVulnerabilityAlertsEnabled: true,
      description: 'First',
      homepageUrl: null,
      defaultBranchRef: { name: 'main', target: { oid: one?.branches.get('main') } },
      primaryLanguage: { name: 'TypeScript' },
      repositoryTopics: { totalCount: 2, nodes: [{ topic: { name: 'a' } }] },
    })
  })

  it('pages an organization’s repositories', async () => {
    const page = async (after: string | null) => {
      const { data } = await query(
        `query ($after: String) { organization(login: "acme") { repositories(first: 2, after: $after, orderBy: {field: NAME, direction: ASC}) {
          totalCount nodes { name isEmpty } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      )
      return data.organization.repositories
    }
    const first = await page(null)
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ name: 'one' }, { name: 'three' }],
      pageInfo: { hasNextPage: true },
    })
    const second = await page(first.pageInfo.endCursor)
    expect(second).toMatchObject({ nodes: [{ name: 'two', isEmpty: true }], pageInfo: { hasNextPage: false } })
  })

  it.each([
    [
      'repositories { totalCount }',
      'MISSING_PAGINATION_BOUNDARIES',
      'You must provide a `first` or `last` value to properly paginate the `repositories` connection.',
    ],
    [
      'repositories(first: 500) { totalCount }',
      'EXCESSIVE_PAGINATION',
      'Requesting 500 records on the `repositories` connection exceeds the `first` limit of 100 records.',
    ],
  ])('refuses %s', async (field, type, message) => {
    const { data, errors } = await query(`{ organization(login: "acme") { ${field} } }`)
    expect(data).toEqual({ organization: null })
    expect(errors).toMatchObject([{ type, message, path: ['organization', 'repositories'] }])
  })

  it('answers null and an error for what it does not find, or does not show', async () => {
    const one = acme.org.repositories.get('one')
    const body = await query('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', {
      ids: [one?.nodeId, 'R_nothing', acme.org.nodeId],
    })
    expect(body.data.nodes).toEqual([
      { id: one?.nodeId, __typename: 'Repository' },
      null,
      { id: acme.org.nodeId, __typename: 'Organization' },
    ])
    expect(body.errors).toMatchObject([
      {
        type: 'NOT_FOUND',
        path: ['nodes', 1],
        message: "Could not resolve to a node with the global id of 'R_nothing'",
      },
    ])
    const named = await query(
      '{ a: repository(owner: "other", name: "theirs") { id } b: organization(login: "nobody") { id } }',
    )
    expect(named.data).toEqual({ a: null, b: null })
    expect(named.errors.map(({ message }: { message: string }) => message)).toEqual([
      "Could not resolve to a Repository with the name 'other/theirs'.",
      "Could not resolve to an Organization with the login of 'nobody'.",
    ])
  })

  it('takes at most a hundred ids', async () => {
    const { errors } = await query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(101).fill('R_x') })
    expect(errors[0].type).toBe('ARGUMENT_LIMIT')
  })

  it('follows a former name', async () => {
    const renamed = acme.org.createRepository({ name: 'before' })
    renamed.rename('after')
    const { data } = await query('{ repository(owner: "acme", name: "before") { name } }')
    expect(data.repository.name).toBe('after')
    renamed.delete()
  })

  it('shows no contents and no alerts without their permission', async () => {
    acme.installation.revoke('contents', 'vulnerability_alerts')
    const fields = 'hasVulnerabilityAlertsEnabled defaultBranchRef { name }'
    const { data, errors } = await query(`{ repository(owner: "acme", name: "one") { ${fields} } }`)
    acme.installation.grant()
    expect(data.repository).toEqual({ hasVulnerabilityAlertsEnabled: false, defaultBranchRef: null })
    expect(errors).toMatchObject([
      {
        type: 'FORBIDDEN',
        path: ['repository', 'defaultBranchRef'],
        message: 'Resource not accessible by integration',
      },
    ])
  })

  it('refuses what the schema does not have', async () => {
    const { data, errors } = await query('{ repository(owner: "acme", name: "one") { noSuchField } }')
    expect(data).toBeUndefined()
    expect(errors[0].message).toContain('noSuchField')
    expect((await query('mutation { deleteRepository { id } }')).errors).toHaveLength(1)
  })

  it('says who asks, and what is left', async () => {
    const { data } = await query('{ viewer { login } rateLimit { cost limit remaining resetAt } }')
    expect(data.viewer.login).toBe('guard[bot]')
    expect(data.rateLimit).toMatchObject({ cost: 1, limit: 5000 })
    expect(data.rateLimit.remaining).toBeLessThan(5000)
  })

  it('asks for authentication', async () => {
    const { status, body } = await acme.asNobody('POST', '/graphql', { query: '{ viewer { login } }' })
    expect([status, body.message]).toEqual([401, 'This endpoint requires you to be authenticated.'])
  })
})

it('GraphQL is at /api/graphql on a GHES', async () => {
  const acme = await startAcme({ flavour: 'ghes' })
  const { value } = acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: ['repo'] })
  expect(acme.sim.graphqlUrl).toBe(`${acme.sim.htmlUrl}/api/graphql`)
  const ask = asking(acme.sim.htmlUrl, `bearer ${value}`)
  const { body } = await ask('POST', '/api/graphql', { query: '{ viewer { login } rateLimit { cost } }' })
  expect(body.data).toEqual({ viewer: { login: 'olga' }, rateLimit: null })
  expect(acme.sim.requests.at(-1)).toMatchObject({ path: '/graphql', route: 'POST /graphql' })
  expect((await ask('POST', '/graphql', { query: '{ viewer { login } }' })).status).toBe(404)
  await acme.close()
})
