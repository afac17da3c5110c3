import { z } from 'zod'
import type { GraphAnswer } from '../model/github.ts'
import type { Observation, Payload } from '../model/resource-type.ts'
import { defineResource, flag, json, number, quiet, text, time } from '../model/resource-type.ts'
import { moment } from './moment.ts'

/** Named as GitHub's GraphQL API names them. */
export interface RepositoryData {
  databaseId: number
  name: string
  nameWithOwner: string
  url: string
  description: string | null
  homepageUrl: string | null
  visibility: 'public' | 'private' | 'internal'
  isArchived: boolean
  isFork: boolean
  isTemplate: boolean
  defaultBranch: string | null
  topics: string[]
  hasIssuesEnabled: boolean
  hasProjectsEnabled: boolean
  hasWikiEnabled: boolean
  hasDiscussionsEnabled: boolean
  forkingAllowed: boolean
  webCommitSignoffRequired: boolean
  mergeCommitAllowed: boolean
  squashMergeAllowed: boolean
  rebaseMergeAllowed: boolean
  autoMergeAllowed: boolean
  allowUpdateBranch: boolean
  deleteBranchOnMerge: boolean
  createdAt: string
  pushedAt: string | null
  headSha: string | null
}

export const repository = defineResource<RepositoryData>({
  type: 'GitHub > Repository',
  view: 'github_repository',
  parent: 'GitHub > Organization',
  needs: { metadata: 'read' },
  fields: {
    databaseId: number.from('repository', 'The numeric id, which stays over renames and transfers.'),
    name: text.from('repository', 'The name within its owner.'),
    nameWithOwner: text.from('repository', 'Owner and name, e.g. `acme/web`.'),
    url: text.from('repository', 'Its page.'),
    description: text.from('repository', 'What it says of itself.'),
    homepageUrl: text.from('repository', 'The website it names.'),
    visibility: text.from('repository', '`public`, `private` or `internal`.'),
    isArchived: flag.from('repository', 'Read-only by its administrators’ wish.'),
    isFork: flag.from('repository', 'Made from another repository.'),
    isTemplate: flag.from('repository', 'Others may be generated from it.'),
    defaultBranch: text.from('repository', 'The branch shown first; null while it is empty.'),
    topics: json.from('repository', 'Its topics, sorted.'),
    hasIssuesEnabled: flag.readOnly('Issues are on.'),
    hasProjectsEnabled: flag.readOnly('Projects are on.'),
    hasWikiEnabled: flag.readOnly('The wiki is on.'),
    hasDiscussionsEnabled: flag.readOnly('Discussions are on.'),
    forkingAllowed: flag.readOnly('A private repository may be forked.'),
    webCommitSignoffRequired: flag.readOnly('Commits made on the web are signed off.'),
    mergeCommitAllowed: flag.readOnly('Pull requests may be merged by a merge commit.'),
    squashMergeAllowed: flag.readOnly('Pull requests may be squashed.'),
    rebaseMergeAllowed: flag.readOnly('Pull requests may be rebased.'),
    autoMergeAllowed: flag.readOnly('Pull requests may merge themselves when ready.'),
    allowUpdateBranch: flag.readOnly('Pull requests offer to update their branch.'),
    deleteBranchOnMerge: flag.readOnly('Head branches go when merged.'),
    createdAt: time.from('repository', 'When it was made.'),
    pushedAt: quiet(time.from('push', 'When it was last pushed to.')),
    headSha: quiet(text.from('push', 'The newest commit of the default branch.')),
  },
  title: ({ nameWithOwner, name }) => nameWithOwner ?? name ?? 'a repository',

  fromEvent: {
    repository: (payload) => repositoryEvent(payload),
    public: (payload) => repositoryEvent(payload),
    push: pushEvent,
    installation_repositories: (payload) =>
      listed(payload.repositories_added)
        .concat(listed(payload.repositories_removed))
        .map(({ node_id }) => ({ kind: 'prompt', nodeId: node_id })),
  },

  batch: 100,
  async read({ connection, github }, nodeIds) {
    const answer = await github.query<{ nodes: (GraphRepository | null)[] }>(
      'RepositoriesById',
      `query RepositoriesById($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository { ${core} } } }`,
      { ids: nodeIds },
    )
    return nodeIds.map((nodeId, index) => {
      const errors = beneath(['nodes', index], answer.errors)
      return here(connection.organizationNodeId, nodeId, answer.data.nodes[index] ?? null, errors)
    })
  },

  async *discover({ connection, github }, from) {
    let cursor = from
    do {
      const answer: GraphAnswer<{ node: RepositoryPage | null }> = await github.query(
        'RepositoriesOfOrganization',
        pageQuery,
        { organization: connection.organizationNodeId, cursor },
      )
      const { nodes, pageInfo, totalCount } = answer.data.node?.repositories ?? nothing
      cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null
      const seen = nodes.flatMap((node, index) =>
        node ? [fromGraph(node, beneath(['node', 'repositories', 'nodes', index], answer.errors))] : [],
      )
      yield { seen, next: cursor, total: totalCount }
    } while (cursor)
  },
})

const core = `
  id databaseId name nameWithOwner url description homepageUrl visibility isArchived isFork isTemplate createdAt
  updatedAt pushedAt owner { id login } defaultBranchRef { name target { oid } }
  repositoryTopics(first: 20) { nodes { topic { name } } }
  hasIssuesEnabled hasProjectsEnabled hasWikiEnabled hasDiscussionsEnabled forkingAllowed webCommitSignoffRequired
  mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed autoMergeAllowed allowUpdateBranch deleteBranchOnMerge`

const pageQuery = `query RepositoriesOfOrganization($organization: ID!, $cursor: String) {
  node(id: $organization) { ... on Organization { repositories(first: 100, after: $cursor) {
    totalCount nodes { ${core} } pageInfo { hasNextPage endCursor } } } } }`

type Straight =
  | 'databaseId'
  | 'name'
  | 'nameWithOwner'
  | 'url'
  | 'isArchived'
  | 'isFork'
  | 'isTemplate'
  | 'createdAt'
  | 'pushedAt'
  | 'hasIssuesEnabled'
  | 'hasProjectsEnabled'
  | 'hasWikiEnabled'
  | 'hasDiscussionsEnabled'
  | 'forkingAllowed'
  | 'webCommitSignoffRequired'
  | 'mergeCommitAllowed'
  | 'squashMergeAllowed'
  | 'rebaseMergeAllowed'
  | 'autoMergeAllowed'
  | 'allowUpdateBranch'
  | 'deleteBranchOnMerge'

interface GraphRepository extends Pick<RepositoryData, Straight> {
  id: string
  updatedAt: string
  description: string | null
  homepageUrl: string | null
  visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL'
  owner: { id: string; login: string }
  defaultBranchRef: { name: string; target: { oid: string } | null } | null
  repositoryTopics: { nodes: ({ topic: { name: string } } | null)[] | null }
}

interface RepositoryPage {
  repositories: {
    totalCount: number
    nodes: (GraphRepository | null)[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

const nothing: RepositoryPage['repositories'] = {
  totalCount: 0,
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
}

type Errors = GraphAnswer<unknown>['errors']

/** The errors that are about one node of an answer, or about something in it, with their paths from there. */
const beneath = (node: readonly (string | number)[], errors: Errors): Errors =>
  errors
    .filter(({ path }) => node.every((step, depth) => path[depth] === step))
    .map((error) => ({ ...error, path: error.path.slice(node.length) }))

/** GraphQL gives null for a node that does not exist or that the caller may not see: either way it left our view. */
function here(
  organizationNodeId: string,
  nodeId: string,
  node: GraphRepository | null,
  errors: Errors,
): Observation<RepositoryData> {
  if (!node?.id)
    return errors.some(({ type, path }) => type === 'NOT_FOUND' && path.length === 0)
      ? { kind: 'gone', nodeId, reason: 'GitHub no longer shows it: deleted, transferred, or out of our sight' }
      : { kind: 'prompt', nodeId }
  if (node.owner.id !== organizationNodeId)
    return { kind: 'gone', nodeId, reason: `transferred to ${node.owner.login}` }
  return fromGraph(node, errors)
}

/** What an error names is null in the answer and not known: a default branch we may not see is not an empty repository. */
function fromGraph(
  { id, updatedAt, owner: _owner, ...said }: GraphRepository,
  errors: Errors,
): Observation<RepositoryData> {
  const { visibility, defaultBranchRef, repositoryTopics, description, homepageUrl, ...same } = said
  const hidden = new Set(errors.map(({ path: [field] }) => field))
  const data: Partial<RepositoryData> = {
    ...same,
    description: description || null,
    homepageUrl: homepageUrl || null,
    visibility: visibility.toLowerCase() as RepositoryData['visibility'],
    ...(!hidden.has('defaultBranchRef') && {
      defaultBranch: defaultBranchRef?.name ?? null,
      headSha: defaultBranchRef?.target?.oid ?? null,
    }),
    ...(!hidden.has('repositoryTopics') && {
      topics: (repositoryTopics.nodes ?? []).flatMap((node) => (node ? [node.topic.name] : [])).toSorted(),
    }),
  }
  const told = Object.entries(data).filter(([field]) => !hidden.has(field))
  return { kind: 'seen', nodeId: id, revision: Date.parse(updatedAt), data: Object.fromEntries(told) }
}

const webhookRepository = z.object({
  id: z.number(),
  node_id: z.string(),
  name: z.string(),
  full_name: z.string(),
  html_url: z.string(),
  description: z.string().nullable(),
  homepage: z.string().nullish(),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  archived: z.boolean().optional(),
  fork: z.boolean(),
  is_template: z.boolean().optional(),
  topics: z.array(z.string()).optional(),
  created_at: moment,
  updated_at: moment,
})

const leaves = new Set(['deleted', 'transferred'])

/**
 * What a `repository` or `public` event says. `default_branch` is left out: an empty repository names one it does not
 * have. Deletion and transfer only prompt: a replayed body must not take anything away.
 */
function repositoryEvent({ action, repository: said }: Payload): Observation<RepositoryData>[] {
  const found = webhookRepository.parse(said)
  if (action && leaves.has(action)) return [{ kind: 'prompt', nodeId: found.node_id }]
  const visibility = visibilityOf(found)
  const data: Partial<RepositoryData> = {
    databaseId: found.id,
    name: found.name,
    nameWithOwner: found.full_name,
    url: found.html_url,
    description: found.description || null,
    homepageUrl: found.homepage || null,
    isFork: found.fork,
    createdAt: found.created_at,
    ...(visibility && { visibility }),
    ...(found.archived !== undefined && { isArchived: found.archived }),
    ...(found.is_template !== undefined && { isTemplate: found.is_template }),
    ...(found.topics && { topics: found.topics.toSorted() }),
  }
  return [{ kind: 'seen', nodeId: found.node_id, revision: Date.parse(found.updated_at), data }]
}

/** Not known where the two contradict each other, nor of a private one that may be an internal one. */
function visibilityOf({ visibility, private: isPrivate }: z.infer<typeof webhookRepository>) {
  if (visibility === undefined) return isPrivate ? undefined : 'public'
  return (visibility === 'public') === isPrivate ? undefined : visibility
}

const push = z.object({
  ref: z.string(),
  after: z.string(),
  repository: z.object({
    node_id: z.string(),
    default_branch: z.string(),
    pushed_at: moment.nullish(),
  }),
})

function pushEvent(payload: Payload): Observation<RepositoryData>[] {
  const { ref, after, repository: found } = push.parse(payload)
  const onDefault = ref === `refs/heads/${found.default_branch}` && !/^0+$/.test(after)
  const data: Partial<RepositoryData> = {
    ...(found.pushed_at && { pushedAt: found.pushed_at }),
    ...(onDefault && { headSha: after }),
  }
  return [{ kind: 'seen', nodeId: found.node_id, data }]
}

const listed = (said: unknown): { node_id: string }[] =>
  z
    .array(z.object({ node_id: z.string() }))
    .optional()
    .parse(said) ?? []
