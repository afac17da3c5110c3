import { z } from 'zod'
import type { GraphAnswer } from '../model/github.ts'
import type { Observation, Payload, ReadContext } from '../model/resource-type.ts'
import { beneath, type GraphErrors, isNotFound } from './graph-errors.ts'

/** A list that GraphQL's `Repository` has, and what one of its items says. */
export interface RepositoryList<Node extends { id: string }, Data> {
  /** Name of the field, with arguments of its own. */
  readonly field: string
  readonly arguments?: string
  /** What is asked of each item. */
  readonly asks: string
  /** `isShownAll`: the caller administers the repository, so that what is empty is not hidden. */
  readonly data: (node: Node, errors: GraphErrors, isShownAll: boolean) => Partial<Data>
}

interface ListPage {
  readonly nodes: ({ id: string } | null)[] | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export interface ListingRepository {
  readonly id: string
  readonly owner?: { readonly id: string }
  readonly viewerCanAdminister?: boolean
  readonly [list: string]: unknown
}

/** How many of each list are asked for where one repository, or few, are read. */
const size = 50

export const asking = ({ field, arguments: more = '', asks }: RepositoryList<never, never>, first: number) =>
  `${field}(first: ${first}${more && `, ${more}`}) { nodes { ${asks} } pageInfo { hasNextPage endCursor } }`

/** What a page of the list in one repository says; null where GitHub hides the list, or gives no more than a part of it. */
export function listed<Node extends { id: string }, Data>(
  list: RepositoryList<Node, Data>,
  repository: ListingRepository,
  errors: GraphErrors,
): { seen: Extract<Observation<Data>, { kind: 'seen' }>[]; next: string | null; isWhole: boolean } | null {
  const page = repository[list.field] as ListPage | null | undefined
  const inside = beneath([list.field], errors)
  if (!page?.nodes || inside.some(({ path }) => path.length <= 1)) return null
  const seen = page.nodes.flatMap((node, index) => {
    const about = beneath(['nodes', index], inside)
    if (!node) return []
    const data = list.data(node as Node, about, repository.viewerCanAdminister === true)
    return [{ kind: 'seen' as const, nodeId: node.id, parentNodeId: repository.id, data }]
  })
  const { hasNextPage, endCursor } = page.pageInfo
  return { seen, next: hasNextPage ? endCursor : null, isWhole: !page.nodes.includes(null) }
}

/** Reads the list of each of these repositories to its end. What GitHub hides stays as it is known. */
export function readLists<Node extends { id: string }, Data>(list: RepositoryList<Node, Data>) {
  return async (context: ReadContext, repositories: readonly string[]): Promise<readonly Observation<Data>[]> => {
    const { data, errors } = await context.github.query<{ nodes: (ListingRepository | null)[] }>(
      `RepositoryLists_${list.field}`,
      `query RepositoryLists($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository {
        id owner { id } viewerCanAdminister ${asking(list as never, size)} } } }`,
      { ids: repositories },
    )
    const each = repositories.map((nodeId, index) =>
      readOne(context, list, { nodeId, node: data.nodes[index] ?? null, errors: beneath(['nodes', index], errors) }),
    )
    return (await Promise.all(each)).flat()
  }
}

async function readOne<Node extends { id: string }, Data>(
  context: ReadContext,
  list: RepositoryList<Node, Data>,
  { nodeId, node, errors }: { nodeId: string; node: ListingRepository | null; errors: GraphErrors },
): Promise<Observation<Data>[]> {
  // Something that is there and is no repository is what was asked for by itself.
  if (node && !node.id && errors.length === 0) return []
  if (!node?.id)
    return isNotFound(errors)
      ? [{ kind: 'listed', nodeId, nodeIds: [], reason: 'GitHub no longer shows it, nor its repository' }]
      : [{ kind: 'prompt', nodeId }]
  if (node.owner?.id !== context.connection.organizationNodeId)
    return [{ kind: 'listed', nodeId, nodeIds: [], reason: 'its repository was transferred' }]
  let page = listed(list, node, errors)
  if (!page) return []
  const seen = [...page.seen]
  let isWhole = page.isWhole
  while (page.next) {
    page = await nextPage(context, list, nodeId, page.next)
    if (!page) return seen
    seen.push(...page.seen)
    isWhole &&= page.isWhole
  }
  const nodeIds = seen.map((item) => item.nodeId)
  return isWhole ? [...seen, { kind: 'listed', nodeId, nodeIds, reason: 'GitHub no longer lists it' }] : seen
}

async function nextPage<Node extends { id: string }, Data>(
  { github }: ReadContext,
  list: RepositoryList<Node, Data>,
  id: string,
  cursor: string,
) {
  const { data, errors }: GraphAnswer<{ node: ListingRepository | null }> = await github.query(
    `RepositoryList_${list.field}`,
    `query RepositoryList($id: ID!, $cursor: String) { node(id: $id) { ... on Repository {
      id viewerCanAdminister ${asking({ ...list, arguments: [list.arguments, 'after: $cursor'].filter(Boolean).join(', ') } as never, size)} } } }`,
    { id, cursor },
  )
  return data.node ? listed(list, data.node, beneath(['node'], errors)) : null
}

/** Events name a repository and something in it: all of its list is looked at. */
export function repositoryPrompted<Data>({ repository }: Payload): Observation<Data>[] {
  const found = z.object({ node_id: z.string() }).safeParse(repository)
  return found.success ? [{ kind: 'prompt', nodeId: found.data.node_id }] : []
}
