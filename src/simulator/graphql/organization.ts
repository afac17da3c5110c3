import { maySee } from '../http/actor.ts'
import type { Organization } from '../organization.ts'
import { organizationAsAccount } from '../payloads/account.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import { connection, type Paging } from './connection.ts'
import type { Context } from './context.ts'
import { repositoryNode } from './repository.ts'

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
  }
}
