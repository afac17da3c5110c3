import type { Observation, ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, json, number, quiet, text, time } from '../model/resource-type.ts'
import { beneath, type GraphErrors, hiddenIn, isNotFound } from './graph-errors.ts'
import { graphPages } from './graph-pages.ts'
import { areAlertsShown } from './repository/alerts.ts'
import { listed, pushEvent, repositoryEvent } from './repository/events.ts'

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
  hasVulnerabilityAlertsEnabled: boolean
  createdAt: string
  pushedAt: string | null
  headSha: string | null
}

export const repository = defineResource<RepositoryData>({
  type: 'GitHub > Repository',
  view: 'github_repository',
  parent: 'GitHub > Organization',
  needs: { metadata: 'read' },
  readsGranted: true,
  // How pull requests are merged, and features that are switched on and off, are in no event.
  rhythm: 21_600_000,
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
    hasVulnerabilityAlertsEnabled: flag.readOnly('Dependabot alerts of vulnerable dependencies.'),
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
  async read(context, nodeIds) {
    const answer = await context.github.query<{ nodes: (GraphRepository | null)[] }>(
      'RepositoriesById',
      `query RepositoriesById($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository { ${core} } } }`,
      { ids: nodeIds },
    )
    return nodeIds.map((nodeId, index) => {
      const errors = beneath(['nodes', index], answer.errors)
      return here(context, nodeId, answer.data.nodes[index] ?? null, errors)
    })
  },

  discover: (context, from) =>
    graphPages(
      from,
      (cursor, size) => askPage(context, cursor, size),
      (cursor) => askOne(context, cursor),
    ),
})

async function askPage(context: ReadContext, cursor: string | null, size: number) {
  const { page, errors } = await ask(context, 'RepositoriesOfOrganization', core, cursor, size)
  const about = (index: number) => beneath(['node', 'repositories', 'nodes', index], errors)
  return toPage(page, (node, index) => fromGraph(context, node, about(index)))
}

/** GitHub cannot give it as a whole now: it is read by itself later, and what comes after it need not wait. */
async function askOne(context: ReadContext, cursor: string | null) {
  const { page } = await ask(context, 'RepositoryOfOrganization', 'id', cursor, 1)
  return toPage(page, ({ id: nodeId }) => ({ kind: 'prompt', nodeId }))
}

async function ask(
  { connection, github }: ReadContext,
  name: string,
  fields: string,
  cursor: string | null,
  size: number,
) {
  const variables = { organization: connection.organizationNodeId, cursor, size }
  const query = pageQuery(fields)
  const { data, errors } = await github.query<{ node: RepositoryPage | null }>(name, query, variables)
  return { page: data.node?.repositories ?? nothing, errors }
}

const toPage = (
  { nodes, pageInfo, totalCount }: RepositoryPage['repositories'],
  say: (node: GraphRepository, index: number) => Observation<RepositoryData>,
) => ({
  seen: nodes.flatMap((node, index) => (node ? [say(node, index)] : [])),
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  total: totalCount,
})

const core = `
  id databaseId name nameWithOwner url description homepageUrl visibility isArchived isFork isTemplate createdAt
  updatedAt pushedAt owner { id login } defaultBranchRef { name target { oid } }
  repositoryTopics(first: 20) { nodes { topic { name } } }
  hasIssuesEnabled hasProjectsEnabled hasWikiEnabled hasDiscussionsEnabled forkingAllowed webCommitSignoffRequired
  mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed autoMergeAllowed allowUpdateBranch deleteBranchOnMerge
  hasVulnerabilityAlertsEnabled viewerCanAdminister`

const pageQuery = (
  fields: string,
) => `query RepositoriesOfOrganization($organization: ID!, $cursor: String, $size: Int!) {
  node(id: $organization) { ... on Organization { repositories(first: $size, after: $cursor) {
    totalCount nodes { ${fields} } pageInfo { hasNextPage endCursor } } } } }`

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
  | 'hasVulnerabilityAlertsEnabled'

interface GraphRepository extends Pick<RepositoryData, Straight> {
  id: string
  updatedAt: string
  viewerCanAdminister: boolean
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

/** GraphQL gives null for a node that does not exist or that the caller may not see: either way it left our view. */
function here(
  context: ReadContext,
  nodeId: string,
  node: GraphRepository | null,
  errors: GraphErrors,
): Observation<RepositoryData> {
  if (!node?.id)
    return isNotFound(errors)
      ? { kind: 'gone', nodeId, reason: 'GitHub no longer shows it: deleted, transferred, or out of our sight' }
      : { kind: 'prompt', nodeId }
  if (node.owner.id !== context.connection.organizationNodeId)
    return { kind: 'gone', nodeId, reason: `transferred to ${node.owner.login}` }
  return fromGraph(context, node, errors)
}

/** What an error names is null in the answer and not known: a default branch we may not see is not an empty repository. */
function fromGraph(
  { ours }: ReadContext,
  { id, updatedAt, owner: _owner, viewerCanAdminister, ...said }: GraphRepository,
  errors: GraphErrors,
): Observation<RepositoryData> {
  const { visibility, defaultBranchRef, repositoryTopics, description, homepageUrl, ...same } = said
  const hidden = hiddenIn(errors)
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
  if (!data.hasVulnerabilityAlertsEnabled && !areAlertsShown(ours.granted, viewerCanAdminister))
    delete data.hasVulnerabilityAlertsEnabled
  const told = Object.entries(data).filter(([field]) => !hidden.has(field))
  return { kind: 'seen', nodeId: id, revision: Date.parse(updatedAt), data: Object.fromEntries(told) }
}
