import { describe, expect, it } from '@jest/globals'
import type { Observation, ReadContext } from '../../src/model/resource-type.ts'
import { type RepositoryData, repository } from '../../src/resources/repository.ts'
import { recordingGitHub } from '../controls/recording-github.ts'
import { connection } from './examples.ts'

/** As GitHub's GraphQL API gives one of the organization's. */
const node = (id: string, change: object = {}) => ({
  id,
  databaseId: 1296269,
  name: 'web',
  nameWithOwner: 'Octocoders/web',
  url: 'https://github.com/Octocoders/web',
  description: '',
  homepageUrl: null,
  visibility: 'INTERNAL',
  isArchived: false,
  isFork: false,
  isTemplate: false,
  createdAt: '2011-01-26T19:01:12Z',
  updatedAt: '2026-01-15T12:00:00Z',
  pushedAt: '2026-01-14T10:00:00Z',
  owner: { id: connection.organizationNodeId, login: 'Octocoders' },
  defaultBranchRef: { name: 'main', target: { oid: 'aa218f56b14c9653891f9e74264a383fa43fefbd' } },
  repositoryTopics: { nodes: [{ topic: { name: 'web' } }, null, { topic: { name: 'app' } }] },
  hasIssuesEnabled: true,
  hasProjectsEnabled: false,
  hasWikiEnabled: false,
  hasDiscussionsEnabled: false,
  forkingAllowed: false,
  webCommitSignoffRequired: false,
  mergeCommitAllowed: true,
  squashMergeAllowed: true,
  rebaseMergeAllowed: false,
  autoMergeAllowed: false,
  allowUpdateBranch: false,
  deleteBranchOnMerge: true,
  hasVulnerabilityAlertsEnabled: true,
  viewerCanAdminister: false,
  ...change,
})

const contextOf = (github: ReadContext['github']): ReadContext =>
  ({ connection, github, app: null, ours: {} }) as unknown as ReadContext

async function read(nodes: readonly unknown[], errors: readonly unknown[] = []) {
  const ids = nodes.map((_, index) => `R_${index}`)
  const { github, asked } = recordingGitHub({ 'query RepositoriesById': () => ({ data: { nodes }, errors }) })
  const observations = await repository.read(contextOf(github), ids)
  expect(asked.map(({ parameters }) => parameters)).toEqual([{ ids }])
  return observations
}

const error = (type: string | null, ...path: (string | number)[]) => ({ type, message: 'no', path })

describe('a repository read', () => {
  it('is mapped field by field', async () => {
    expect(await read([node('R_0')])).toEqual([
      {
        kind: 'seen',
        nodeId: 'R_0',
        revision: Date.UTC(2026, 0, 15, 12),
        data: {
          databaseId: 1296269,
          name: 'web',
          nameWithOwner: 'Octocoders/web',
          url: 'https://github.com/Octocoders/web',
          description: null,
          homepageUrl: null,
          visibility: 'internal',
          isArchived: false,
          isFork: false,
          isTemplate: false,
          defaultBranch: 'main',
          topics: ['app', 'web'],
          hasIssuesEnabled: true,
          hasProjectsEnabled: false,
          hasWikiEnabled: false,
          hasDiscussionsEnabled: false,
          forkingAllowed: false,
          webCommitSignoffRequired: false,
          mergeCommitAllowed: true,
          squashMergeAllowed: true,
          rebaseMergeAllowed: false,
          autoMergeAllowed: false,
          allowUpdateBranch: false,
          deleteBranchOnMerge: true,
          hasVulnerabilityAlertsEnabled: true,
          createdAt: '2011-01-26T19:01:12Z',
          pushedAt: '2026-01-14T10:00:00Z',
          headSha: 'aa218f56b14c9653891f9e74264a383fa43fefbd',
        },
      },
    ])
  })

  it('has every field that it declares', async () => {
    const [seen] = await read([node('R_0')])
    expect(Object.keys(seen?.kind === 'seen' ? seen.data : {}).sort()).toEqual(Object.keys(repository.fields).sort())
  })

  it('that is empty has neither branch nor head nor topics', async () => {
    const empty = { defaultBranchRef: null, pushedAt: null, repositoryTopics: { nodes: null } }
    expect(await read([node('R_0', empty)])).toMatchObject([
      { data: { defaultBranch: null, headSha: null, pushedAt: null, topics: [] } },
    ])
  })

  it('leaves out what GitHub hides, and knows it from what is not there', async () => {
    const hidden = { defaultBranchRef: null, pushedAt: null }
    const [first, second] = await read(
      [node('R_0', hidden), node('R_1', hidden)],
      [error('FORBIDDEN', 'nodes', 0, 'defaultBranchRef'), error('FORBIDDEN', 'nodes', 0, 'pushedAt')],
    )
    const dataOf = (seen?: Observation<RepositoryData>) => (seen?.kind === 'seen' ? seen.data : {})
    for (const field of ['defaultBranch', 'headSha', 'pushedAt']) expect(dataOf(first)).not.toHaveProperty(field)
    expect(dataOf(first)).toMatchObject({ name: 'web', topics: ['app', 'web'] })
    expect(dataOf(second)).toMatchObject({ defaultBranch: null, headSha: null, pushedAt: null })
  })

  it('is gone where GitHub says that it is not found, and settled later where GitHub says anything else', async () => {
    const nodes = [null, node('R_1'), null, null, {}, null]
    const errors = [
      error('NOT_FOUND', 'nodes', 0),
      error('FORBIDDEN', 'nodes', 2),
      error(null, 'nodes', 3),
      error('NOT_FOUND', 'nodes', 1, 'defaultBranchRef'),
      error('NOT_FOUND', 'nodes', 5, 'owner'),
    ]
    expect((await read(nodes, errors)).map(({ kind, nodeId }) => [nodeId, kind])).toEqual([
      ['R_0', 'gone'],
      ['R_1', 'seen'],
      ['R_2', 'prompt'],
      ['R_3', 'prompt'],
      ['R_4', 'prompt'],
      ['R_5', 'prompt'],
    ])
  })

  it('of another owner by now was transferred', async () => {
    const owner = { id: 'O_else', login: 'elsewhere' }
    expect(await read([node('R_0', { owner })])).toEqual([
      { kind: 'gone', nodeId: 'R_0', reason: 'transferred to elsewhere' },
    ])
  })
})

describe('discovery', () => {
  async function discovered(pages: Readonly<Record<string, unknown>>, from: string | null = null) {
    const { github, asked } = recordingGitHub({
      'query RepositoriesOfOrganization': ({ cursor }) => {
        if (!(String(cursor) in pages)) throw new Error(`Nobody expected the page after ${cursor}.`)
        return { data: { node: pages[String(cursor)] }, errors: [] }
      },
    })
    const seen: string[][] = []
    const next: (string | null)[] = []
    for await (const page of repository.discover?.(contextOf(github), from) ?? []) {
      seen.push(page.seen.map(({ kind, nodeId }) => `${kind} ${nodeId}`))
      next.push(page.next)
    }
    return { seen, next, cursors: asked.map(({ parameters }) => parameters.cursor) }
  }
  const page = (nodes: readonly unknown[], hasNextPage: boolean, endCursor: string | null) => ({
    repositories: { totalCount: 7, nodes, pageInfo: { hasNextPage, endCursor } },
  })

  it('goes on to the last page and asks for no more', async () => {
    const pages = {
      null: page([node('R_1'), node('R_2')], true, 'Y3Vyc29yOjI='),
      'Y3Vyc29yOjI=': page([node('R_3')], true, 'Y3Vyc29yOjM='),
      'Y3Vyc29yOjM=': page([], false, null),
    }
    expect(await discovered(pages)).toEqual({
      seen: [['seen R_1', 'seen R_2'], ['seen R_3'], []],
      next: ['Y3Vyc29yOjI=', 'Y3Vyc29yOjM=', null],
      cursors: [null, 'Y3Vyc29yOjI=', 'Y3Vyc29yOjM='],
    })
    expect(await discovered(pages, 'Y3Vyc29yOjI=')).toEqual({
      seen: [['seen R_3'], []],
      next: ['Y3Vyc29yOjM=', null],
      cursors: ['Y3Vyc29yOjI=', 'Y3Vyc29yOjM='],
    })
  })

  it('ends where GitHub says that there is more but not where', async () => {
    expect(await discovered({ null: page([node('R_1')], true, null) })).toEqual({
      seen: [['seen R_1']],
      next: [null],
      cursors: [null],
    })
  })

  it('passes over what GitHub does not show, and sees nothing of an organization that it does not show', async () => {
    expect(await discovered({ null: page([null, node('R_2')], false, 'x') })).toMatchObject({ seen: [['seen R_2']] })
    expect(await discovered({ null: null })).toMatchObject({ seen: [[]] })
  })

  it('leaves out what GitHub hides of one', async () => {
    const { github } = recordingGitHub({
      'query RepositoriesOfOrganization': () => ({
        data: { node: page([null, node('R_2', { defaultBranchRef: null })], false, null) },
        errors: [error('FORBIDDEN', 'node', 'repositories', 'nodes', 1, 'defaultBranchRef')],
      }),
    })
    for await (const {
      seen: [seen],
    } of repository.discover?.(contextOf(github), null) ?? [])
      expect(seen?.kind === 'seen' ? seen.data : { defaultBranch: 'wrong' }).not.toHaveProperty('defaultBranch')
  })
})

it('is called what people call it', () => {
  expect(repository.title({ nameWithOwner: 'acme/web', name: 'web' })).toBe('acme/web')
  expect(repository.title({ name: 'web' })).toBe('web')
  expect(repository.title({})).toBe('a repository')
})
