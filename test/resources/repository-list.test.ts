import { describe, expect, it } from '@jest/globals'
import type { ReadContext } from '../../src/model/resource-type.ts'
import { branchProtectionRule } from '../../src/resources/branch-protection-rule.ts'
import { deployKey } from '../../src/resources/deploy-key.ts'
import { repositoryActionsPolicy } from '../../src/resources/repository-actions-policy.ts'
import { repositoryRuleset } from '../../src/resources/repository-ruleset.ts'
import { recordingGitHub, refused } from '../controls/recording-github.ts'
import { connection } from './examples.ts'

const contextOf = (github: ReadContext['github']): ReadContext =>
  ({ connection, github, app: null, ours: {} }) as unknown as ReadContext

const key = (id: string) => ({
  id,
  title: `key ${id}`,
  key: 'ssh-ed25519 AAAA',
  readOnly: true,
  enabled: true,
  verified: true,
  createdAt: '2026-01-15T12:00:00Z',
})
const page = (nodes: readonly unknown[], endCursor: string | null = null) => ({
  nodes,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
})
const owner = { id: connection.organizationNodeId }

async function readKeys(nodes: readonly unknown[], errors: readonly unknown[] = []) {
  const { github, asked } = recordingGitHub({
    'query RepositoryLists_deployKeys': () => ({ data: { nodes }, errors }),
    'query RepositoryList_deployKeys': ({ cursor }) => ({
      data: { node: { id: 'R_0', deployKeys: cursor === 'two' ? page([key('DK_2')], 'three') : page([key('DK_3')]) } },
    }),
  })
  const said = await deployKey.read(
    contextOf(github),
    nodes.map((_, index) => `R_${index}`),
  )
  return { said, asked: asked.map(({ parameters }) => parameters.cursor ?? null) }
}

describe('the deploy keys of a repository', () => {
  it('are mapped field by field, and are all there are', async () => {
    const { said } = await readKeys([{ id: 'R_0', owner, deployKeys: page([key('DK_1')]) }])
    expect(said).toEqual([
      {
        kind: 'seen',
        nodeId: 'DK_1',
        parentNodeId: 'R_0',
        data: {
          keyTitle: 'key DK_1',
          key: 'ssh-ed25519 AAAA',
          readOnly: true,
          enabled: true,
          verified: true,
          createdAt: '2026-01-15T12:00:00Z',
        },
      },
      { kind: 'listed', nodeId: 'R_0', nodeIds: ['DK_1'], reason: 'GitHub no longer lists it' },
    ])
  })

  it('are read to the end of a long list', async () => {
    const { said, asked } = await readKeys([{ id: 'R_0', owner, deployKeys: page([key('DK_1')], 'two') }])
    expect(asked).toEqual([null, 'two', 'three'])
    expect(said.at(-1)).toMatchObject({ kind: 'listed', nodeIds: ['DK_1', 'DK_2', 'DK_3'] })
  })

  it('stay as they are known where GitHub hides them, or some of them', async () => {
    const hidden = { type: 'FORBIDDEN', message: 'no', path: ['nodes', 0, 'deployKeys'] }
    expect((await readKeys([{ id: 'R_0', owner, deployKeys: null }], [hidden])).said).toEqual([])
    expect((await readKeys([{ id: 'R_0', owner, deployKeys: { nodes: null, pageInfo: {} } }])).said).toEqual([])
    const { said } = await readKeys([{ id: 'R_0', owner, deployKeys: page([null, key('DK_1')]) }])
    expect(said.map(({ kind }) => kind)).toEqual(['seen'])
  })

  it('are gone with their repository, and only where GitHub says that it is not found', async () => {
    const notFound = { type: 'NOT_FOUND', message: 'no', path: ['nodes', 0] }
    expect((await readKeys([null, null, { id: 'R_2', owner: { id: 'O_else' } }], [notFound])).said).toEqual([
      { kind: 'listed', nodeId: 'R_0', nodeIds: [], reason: 'GitHub no longer shows it, nor its repository' },
      { kind: 'prompt', nodeId: 'R_1' },
      { kind: 'listed', nodeId: 'R_2', nodeIds: [], reason: 'its repository was transferred' },
    ])
  })
})

describe('a ruleset', () => {
  const ruleset = (actors: readonly unknown[] | null) => ({
    id: 'RRS_1',
    databaseId: 1,
    name: 'linear',
    target: 'BRANCH',
    enforcement: 'EVALUATE',
    createdAt: '2026-01-15T12:00:00Z',
    updatedAt: '2026-01-16T12:00:00Z',
    conditions: { refName: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: { nodes: [{ type: 'REQUIRED_LINEAR_HISTORY', parameters: null }] },
    bypassActors: actors && { nodes: actors },
  })
  const actor = { bypassMode: 'ALWAYS', deployKey: false, enterpriseOwner: false, organizationAdmin: true }

  it.each([
    ['nobody, to whoever administers it', true, [], []],
    ['nobody or hidden, to others', false, [], undefined],
    ['hidden', true, null, undefined],
    ['owners', false, [actor], [{ who: 'organization owners', mode: 'always' }]],
  ])('is bypassed by: %s', async (_what, viewerCanAdminister, actors, bypassActors) => {
    const node = { id: 'R_0', owner, viewerCanAdminister, rulesets: page([ruleset(actors)]) }
    const { github } = recordingGitHub({ 'query RepositoryLists_rulesets': () => ({ data: { nodes: [node] } }) })
    const [seen] = await repositoryRuleset.read(contextOf(github), ['R_0'])
    expect(seen).toMatchObject({ kind: 'seen', data: { target: 'branch', enforcement: 'evaluate' } })
    expect(seen?.kind === 'seen' ? seen.data.bypassActors : 'not seen').toEqual(bypassActors)
    expect(seen).toMatchObject({ data: { rules: [{ type: 'required_linear_history' }] } })
  })
})

it('lists of 100 repositories come in one answer; what GitHub hides of one is left out of it', async () => {
  const nodes = [
    {
      id: 'R_0',
      branchProtectionRules: page([{ id: 'BPR_1', pattern: 'main' }]),
      rulesets: page([]),
      deployKeys: page([]),
    },
    { id: 'R_1', branchProtectionRules: null, rulesets: page([]), deployKeys: page([key('DK_1')]) },
  ]
  const errors = [
    { type: 'FORBIDDEN', message: 'no', path: ['node', 'repositories', 'nodes', 1, 'branchProtectionRules'] },
  ]
  const repositories = { totalCount: 2, nodes, pageInfo: { hasNextPage: false, endCursor: null } }
  const { github, asked } = recordingGitHub({
    'query RepositoryListsOfOrganization': () => ({ data: { node: { repositories } }, errors }),
  })
  for await (const { seen, beside, count } of branchProtectionRule.discover?.(contextOf(github), null) ?? []) {
    expect(count).toBe(2)
    expect(seen.map(({ nodeId }) => nodeId)).toEqual(['BPR_1'])
    expect(beside?.map(({ type, seen }) => [type, seen.map(({ nodeId }) => nodeId)])).toEqual([
      ['GitHub > Repository Ruleset', []],
      ['GitHub > Deploy Key', ['DK_1']],
    ])
  }
  expect(asked).toHaveLength(1)
})

it('the Actions policy of one repository is asked for by its name; what is refused of one is said of it alone', async () => {
  const repository = (id: string) => ({
    id,
    nameWithOwner: `acme/${id}`,
    visibility: 'PRIVATE',
    updatedAt: '2026-01-15T12:00:00Z',
    owner,
    repositoryTopics: { nodes: [] },
  })
  const nodes = [repository('R_1'), repository('R_2')]
  const repositories = { totalCount: 2, nodes, pageInfo: { hasNextPage: false, endCursor: null } }
  const { github } = recordingGitHub({
    'query RepositoriesOfOrganization': () => ({ data: { node: { repositories } } }),
    'GET /repos/{owner}/{repo}/actions/permissions': ({ repo }) => {
      if (repo === 'R_1') throw refused(403)
      return { data: { enabled: true, allowed_actions: 'selected' } }
    },
    'GET /repos/{owner}/{repo}/actions/permissions/workflow': () => ({
      data: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
    }),
  })
  for await (const { seen, count } of repositoryActionsPolicy.discover?.(contextOf(github), null) ?? []) {
    expect(count).toBe(2)
    expect(seen).toEqual([
      {
        kind: 'refused',
        nodeId: 'repository-actions-policy:R_1',
        parentNodeId: 'R_1',
        refusal: { code: 'refused', reason: 'GitHub said 403.' },
      },
      {
        kind: 'seen',
        nodeId: 'repository-actions-policy:R_2',
        parentNodeId: 'R_2',
        data: {
          enabled: true,
          allowedActions: 'selected',
          defaultWorkflowPermissions: 'read',
          canApprovePullRequestReviews: false,
        },
      },
    ])
  }
})
