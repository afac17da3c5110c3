import type { GraphAnswer } from '../model/github.ts'
import type { DiscoveredPage, Observation, ReadContext } from '../model/resource-type.ts'
import { deployKeys } from './deploy-key.ts'
import { beneath, type GraphErrors } from './graph-errors.ts'
import { graphPages } from './graph-pages.ts'
import { asking, type ListingRepository, listed, type RepositoryList, readLists } from './repository-list.ts'
import { repositoryRulesets } from './repository-ruleset.ts'

/**
 * How many of each are asked for in each of 100 repositories: few, since GitHub counts them as if they were there. Where a
 * repository has more, its list is read by itself.
 */
const most = { own: 5, rulesets: 3, deployKeys: 5 }

type AnyList = RepositoryList<never, never>

/** Those that are discovered beside. */
const others = [
  { type: 'GitHub > Repository Ruleset', list: repositoryRulesets as unknown as AnyList, first: most.rulesets },
  { type: 'GitHub > Deploy Key', list: deployKeys as unknown as AnyList, first: most.deployKeys },
] as const

/** What lies below repositories, of 100 at once: as many requests as for the repositories themselves. */
export const discoverLists = <Node extends { id: string }, Data>(
  context: ReadContext,
  from: string | null,
  own: RepositoryList<Node, Data>,
) => graphPages(from, (cursor, size) => askPage<Data>(context, own as unknown as AnyList, cursor, size))

interface RepositoriesPage {
  repositories: {
    totalCount: number
    nodes: (ListingRepository | null)[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

const nothing: RepositoriesPage['repositories'] = {
  totalCount: 0,
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
}

const pageQuery = (
  own: AnyList,
) => `query RepositoryListsOfOrganization($organization: ID!, $cursor: String, $size: Int!) {
  node(id: $organization) { ... on Organization { repositories(first: $size, after: $cursor) {
    totalCount nodes { id viewerCanAdminister ${asking(own, most.own)}
      ${others.map(({ list, first }) => asking(list, first)).join('\n      ')} }
    pageInfo { hasNextPage endCursor } } } } }`

async function askPage<Data>(
  context: ReadContext,
  own: AnyList,
  cursor: string | null,
  size: number,
): Promise<DiscoveredPage<Data>> {
  const { data, errors }: GraphAnswer<{ node: RepositoriesPage | null }> = await context.github.query(
    'RepositoryListsOfOrganization',
    pageQuery(own),
    { organization: context.connection.organizationNodeId, cursor, size },
  )
  const { nodes, pageInfo, totalCount } = data.node?.repositories ?? nothing
  const repositories = nodes.flatMap((node, index) =>
    node ? [{ node, errors: beneath(['node', 'repositories', 'nodes', index], errors) }] : [],
  )
  const beside = others.map(async ({ type, list }) => ({ type, seen: await seenIn(context, list, repositories) }))
  return {
    seen: (await seenIn(context, own, repositories)) as Observation<Data>[],
    beside: await Promise.all(beside),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    count: nodes.length,
    total: totalCount,
  }
}

/** The long ones are read to their end, a few repositories at once. */
async function seenIn(
  context: ReadContext,
  list: AnyList,
  repositories: readonly { node: ListingRepository; errors: GraphErrors }[],
): Promise<Observation[]> {
  const pages = repositories.map(({ node, errors }) => ({ id: node.id, page: listed(list, node, errors) }))
  const long = pages.flatMap(({ id, page }) => (page?.next ? [id] : []))
  const seen: Observation[] = pages.flatMap(({ page }) => (page && !page.next ? page.seen : []))
  for (let start = 0; start < long.length; start += atOnce)
    seen.push(...(await readLists(list)(context, long.slice(start, start + atOnce))))
  return seen
}

const atOnce = 10
