import type { Team } from '../team.ts'
import { timestamp } from '../timestamp.ts'
import { connection, type Paging } from './connection.ts'
import type { Context } from './context.ts'
import { organizationNode } from './organization.ts'
import { userNode } from './user.ts'

export const teamNode = (context: Context, team: Team): object => ({
  __typename: 'Team',
  id: team.nodeId,
  databaseId: team.id,
  slug: team.slug,
  name: team.name,
  description: team.description,
  url: `${context.world.urls.html}/orgs/${team.organization.login}/teams/${team.slug}`,
  privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
  notificationSetting: 'NOTIFICATIONS_ENABLED',
  createdAt: timestamp(team.createdAt),
  updatedAt: timestamp(team.updatedAt),
  parentTeam: () => team.parent && teamNode(context, team.parent),
  organization: () => organizationNode(context, team.organization),
  members: (paging: Paging) => connection('members', [...team.members], paging, (user) => userNode(context, user)),
  repositories: (paging: Paging) => connection('repositories', [], paging, () => null),
})
