import { hasScope, isOwner, maySee, permissionsOf } from '../http/actor.ts'
import type { Organization } from '../organization.ts'
import { organizationAsAccount } from '../payloads/account.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import { connection, type Paging } from './connection.ts'
import { type Context, graphqlError } from './context.ts'
import { repositoryNode } from './repository.ts'
import { teamNode } from './team.ts'
import { userNode } from './user.ts'

interface RepositoriesArguments extends Paging {
  readonly privacy?: 'PUBLIC' | 'PRIVATE' | null
  readonly visibility?: 'PUBLIC' | 'PRIVATE' | 'INTERNAL' | null
  readonly isArchived?: boolean | null
  readonly isFork?: boolean | null
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null
}

const orders: Readonly<Record<string, (repository: Repository) => string | number>> = {
  CREATED_AT: ({ id }) => id,
  NAME: ({ name }) => name.toLowerCase(),
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  PUSHED_AT: ({ pushedAt }) => pushedAt,
  STARGAZERS: () => 0,
}

function repositories(context: Context, organization: Organization, asked: RepositoriesArguments) {
  const { privacy, visibility, isArchived, isFork, orderBy } = asked
  const found = [...organization.repositories.values()].filter(
    (repository) =>
      maySee(context.actor, repository) &&
      (privacy == null || (repository.visibility === 'public') === (privacy === 'PUBLIC')) &&
      (visibility == null || repository.visibility.toUpperCase() === visibility) &&
      (isArchived == null || repository.archived === isArchived) &&
      (isFork == null || repository.fork === isFork),
  )
  const value = orders[orderBy?.field ?? 'CREATED_AT'] ?? (({ id }) => id)
  const direction = orderBy?.direction === 'DESC' ? -1 : 1
  found.sort(
    (one, other) => direction * (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : one.id - other.id),
  )
  return connection('repositories', found, asked, (repository) => repositoryNode(context, repository))
}

/** Teams and roles are shown to an installation with the permission, and to members. */
export function mayReadMembers({ actor }: Context, organization: Organization): boolean {
  if (actor.kind === 'installation')
    return actor.installation.organization === organization && reaches(permissionsOf(actor).members, 'read')
  if (actor.kind === 'fine-grained')
    return actor.organization === organization && reaches(actor.permissions.members, 'read')
  return actor.kind === 'classic' && organization.members.has(actor.user) && hasScope(actor, 'read:org')
}

function refuseStrangers(context: Context, organization: Organization): void {
  if (!mayReadMembers(context, organization)) throw graphqlError('FORBIDDEN', 'Resource not accessible by integration')
}

const teams = (context: Context, organization: Organization, paging: Paging) => {
  refuseStrangers(context, organization)
  return connection('teams', [...organization.teams.values()], paging, (team) => teamNode(context, team))
}

/** Two-factor authentication is told to owners only: to everybody else it is null. */
function membersWithRole(context: Context, organization: Organization, paging: Paging) {
  refuseStrangers(context, organization)
  const { actor } = context
  const isTold = (actor.kind === 'classic' || actor.kind === 'fine-grained') && isOwner(actor.user, { organization })
  const page = connection('membersWithRole', [...organization.members], paging, ([user, role]) => ({
    role: role.toUpperCase(),
    hasTwoFactorEnabled: isTold ? !organization.withoutTwoFactor.has(user) : null,
    node: userNode(context, user),
  }))
  return { ...page, edges: page.nodes, nodes: page.nodes.map(({ node }) => node) }
}

export function organizationNode(context: Context, organization: Organization) {
  const { settings } = organization
  const { avatar_url, html_url } = organizationAsAccount(context.world.urls, organization)
  return {
    __typename: 'Organization',
    id: organization.nodeId,
    databaseId: organization.id,
    login: organization.login,
    name: settings.name,
    description: settings.description,
    url: html_url,
    avatarUrl: avatar_url,
    resourcePath: `/${organization.login}`,
    createdAt: timestamp(organization.createdAt),
    updatedAt: timestamp(organization.updatedAt),
    email: settings.email,
    location: settings.location,
    websiteUrl: settings.blog,
    twitterUsername: settings.twitterUsername,
    isVerified: false,
    repositories: (asked: RepositoriesArguments) => repositories(context, organization, asked),
    teams: (paging: Paging) => teams(context, organization, paging),
    membersWithRole: (paging: Paging) => membersWithRole(context, organization, paging),
  }
}
