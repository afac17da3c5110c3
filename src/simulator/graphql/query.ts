import { maySee, userOf } from '../http/actor.ts'
import { policyRefusal } from '../http/policies.ts'
import { Refusal } from '../http/refusal.ts'
import type { Organization } from '../organization.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import { organizationNamed, repositoryNamed } from '../world.ts'
import { type Context, graphqlError } from './context.ts'
import { mayReadMembers, organizationNode } from './organization.ts'
import { repositoryNode } from './repository.ts'
import { teamNode } from './team.ts'
import { userNode } from './user.ts'

const notFound = (message: string) => graphqlError('NOT_FOUND', message)

/** GraphQL answers 200 where an organization's policies refuse, and names the reason among the errors. */
function letIn({ world, actor, headers }: Context, organization: Organization): void {
  const refusal = policyRefusal(world, actor, organization)
  if (!refusal) return
  Object.assign(headers, refusal.headers)
  throw graphqlError('FORBIDDEN', refusal.message, refusal.saml)
}

/** What the id names, as far as the caller may know of it. */
function node(context: Context, id: string) {
  const found = context.world.nodes.get(id)
  const hidden =
    (found?.kind === 'repository' && !maySee(context.actor, found)) ||
    (found?.kind === 'team' && !mayReadMembers(context, found.organization))
  const below = found ? undefined : belowRepository(context, id)
  if (below) return below
  if (!found || hidden) throw notFound(`Could not resolve to a node with the global id of '${id}'`)
  if (found.kind === 'user') return userNode(context, found)
  letIn(context, found.kind === 'organization' ? found : found.organization)
  if (found.kind === 'team') return teamNode(context, found)
  return found.kind === 'repository' ? repositoryNode(context, found) : organizationNode(context, found)
}

/** What lies below a repository is named only: nobody asks more of it by its id. */
function belowRepository(context: Context, id: string) {
  const kinds = {
    branchProtectionRules: 'BranchProtectionRule',
    rulesets: 'RepositoryRuleset',
    deployKeys: 'DeployKey',
  }
  for (const repository of context.world.repositories.values())
    for (const [list, __typename] of Object.entries(kinds) as [keyof typeof kinds, string][])
      if ([...repository[list].values()].some(({ nodeId }) => nodeId === id) && maySee(context.actor, repository))
        return { __typename, id }
  return undefined
}

const mostIds = 100

/** An id that names nothing is null in its place, with an error of its own at that place. */
function nodes(context: Context, ids: readonly string[]) {
  if (ids.length > mostIds) {
    const message = `You may not provide more than ${mostIds} node ids; you provided ${ids.length}.`
    throw graphqlError('ARGUMENT_LIMIT', message)
  }
  return ids.map((id) => {
    try {
      return node(context, id)
    } catch (error) {
      return error
    }
  })
}

function repository(context: Context, asked: { owner: string; name: string; followRenames?: boolean | null }) {
  const { world, actor } = context
  const { owner, name, followRenames } = asked
  const former = followRenames ? world.redirects.get(`${owner}/${name}`.toLowerCase()) : undefined
  const found: Repository | undefined = repositoryNamed(world, owner, name) ?? world.repositories.get(former ?? 0)
  if (!found || !maySee(actor, found)) {
    throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
  }
  letIn(context, found.organization)
  return repositoryNode(context, found)
}

function rateLimit({ budget, cost }: Context) {
  if (!budget) return null
  const { limit, remaining, used, reset } = budget
  return { cost: cost.points, limit, nodeCount: cost.nodes, remaining, used, resetAt: timestamp(reset * 1000) }
}

/** The root of every query. */
export const query = (context: Context) => ({
  id: 'Q_kgDOAA',
  node: ({ id }: { id: string }) => node(context, id),
  nodes: ({ ids }: { ids: readonly string[] }) => nodes(context, ids),
  viewer: () => {
    if (context.actor.kind === 'app') throw new Refusal(403, 'Resource not accessible by integration')
    return userNode(context, userOf(context.actor))
  },
  organization: ({ login }: { login: string }) => {
    const found = organizationNamed(context.world, login)
    if (!found) throw notFound(`Could not resolve to an Organization with the login of '${login}'.`)
    letIn(context, found)
    return organizationNode(context, found)
  },
  repository: (asked: { owner: string; name: string; followRenames?: boolean | null }) => repository(context, asked),
  rateLimit: () => rateLimit(context),
})
