import { type Call, type Operation, ok, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound } from '../http/refusal.ts'
import { membership, type Organization } from '../organization.ts'
import { organizationObject, userObject } from '../payloads/account.ts'
import type { User } from '../user.ts'

/** Whoever was given a repository without being a member. */
function outsideCollaborators({ members, repositories }: Organization): User[] {
  const found = new Set<User>()
  for (const { collaborators } of repositories.values())
    for (const user of collaborators) if (!members.has(user)) found.add(user)
  return [...found].toSorted((one, other) => one.id - other.id)
}

function oneMembership({ world, params }: Call, organization: Organization) {
  const user = world.users.get(params.username?.toLowerCase() ?? '')
  const role = user && organization.members.get(user)
  if (!role) throw notFound()
  return ok({
    ...membership(world, organization, user, role),
    organization: organizationObject(world.urls, organization),
  })
}

export const peopleOperations: readonly Operation[] = [
  onOrganization(
    'GET /orgs/{org}/memberships/{username}',
    'orgs/members#get-organization-membership-for-a-user',
    oneMembership,
  ),
  onOrganization(
    'GET /orgs/{org}/outside_collaborators',
    'orgs/outside-collaborators#list-outside-collaborators-for-an-organization',
    (call, organization) => {
      const { page, headers } = paginate(call, outsideCollaborators(organization))
      return { status: 200, body: page.map((user) => userObject(call.world.urls, user)), headers }
    },
  ),
]
