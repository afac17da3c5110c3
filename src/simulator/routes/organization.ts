import { z } from 'zod'
import { type Actor, hasScope, isOwner, maySee, permissionsOf, userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, type Operation, ok, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, Refusal, validationFailed } from '../http/refusal.ts'
import type { Organization } from '../organization.ts'
import { type OrganizationSettings, publicSettings, restName } from '../organization-settings.ts'
import { organizationObject, userObject } from '../payloads/account.ts'
import { installationObject } from '../payloads/installation.ts'
import { reaches } from '../permission.ts'
import { timestamp } from '../timestamp.ts'
import { installationsOn, type World } from '../world.ts'
import { changedSettings } from './organization-body.ts'
import { settingsIn } from './repository-body.ts'
import { fullRepositoryFor, repositoryFor } from './repository-for.ts'

/** Whether the caller holds an organization permission, or is an owner whose token shows it. */
function holdsInOrganization(actor: Actor, organization: Organization, permission: string): boolean {
  if (actor.kind === 'installation') {
    return actor.installation.organization === organization && reaches(permissionsOf(actor)[permission], 'read')
  }
  if (actor.kind !== 'classic' && actor.kind !== 'fine-grained') return false
  if (!isOwner(actor.user, { organization })) return false
  if (actor.kind === 'classic') return hasScope(actor, 'admin:org')
  return actor.organization === organization && reaches(actor.permissions[permission], 'read')
}

const pick = (settings: OrganizationSettings, keys: readonly string[]) =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([key]) => keys.includes(key))
      .map(([key, value]) => [restName(key), value]),
  )

function publicFields(world: World, organization: Organization) {
  const repositories = [...organization.repositories.values()]
  return {
    ...organizationObject(world.urls, organization),
    ...pick(organization.settings, publicSettings),
    is_verified: false,
    public_repos: repositories.filter(({ visibility }) => visibility === 'public').length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${world.urls.html}/${organization.login}`,
    created_at: timestamp(organization.createdAt),
    updated_at: timestamp(organization.updatedAt),
    archived_at: null,
    type: 'Organization',
  }
}

/** What only owners see, and Apps with the permission Administration. */
function ownersFields({ settings, repositories }: Organization) {
  const closed = [...repositories.values()].filter(({ visibility }) => visibility !== 'public').length
  const names = Object.keys(settings).filter((key) => !(publicSettings as readonly string[]).includes(key))
  return {
    total_private_repos: closed,
    owned_private_repos: closed,
    private_gists: 0,
    disk_usage: 0,
    collaborators: 0,
    ...pick(settings, names),
  }
}

const plan = ({ plan: name, members, repositories }: Organization) => ({
  name,
  space: 976_562_499,
  private_repos: 999_999,
  filled_seats: members.size,
  seats: Math.max(members.size, repositories.size),
})

const organizationFor = ({ world, actor }: Call, organization: Organization) => ({
  ...publicFields(world, organization),
  ...(holdsInOrganization(actor, organization, 'organization_administration') && ownersFields(organization)),
  ...(holdsInOrganization(actor, organization, 'organization_plan') && { plan: plan(organization) }),
})

const newRepository = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  auto_init: z.boolean().optional(),
})

function createRepository(call: Call, organization: Organization) {
  const { world, actor } = call
  const { name, visibility, auto_init, ...rest } = bodyOf(call, newRepository)
  if (organization.repositories.has(name.toLowerCase())) {
    const message = 'name already exists on this account'
    throw validationFailed({ resource: 'Repository', code: 'custom', field: 'name', message })
  }
  const repository = organization.createRepository({
    name,
    description: rest.description,
    homepage: rest.homepage,
    visibility: visibility ?? (rest.private ? 'private' : 'public'),
    empty: !auto_init,
    settings: settingsIn(call.body),
    sender: userOf(actor).login,
  })
  return created(fullRepositoryFor(world, actor, repository))
}

/** `type`, and GitHub's default order: newest first, unless a sort is named. */
function listRepositories(call: Call, organization: Organization) {
  const { world, actor, query } = call
  const type = query.get('type') ?? 'all'
  const ofType = [...organization.repositories.values()].filter(
    (repository) =>
      maySee(actor, repository) &&
      (!['public', 'private'].includes(type) || (repository.visibility === 'public') === (type === 'public')),
  )
  const key = query.get('sort') ?? 'created'
  const value = (repository: (typeof ofType)[number]): string | number => {
    if (key === 'full_name') return repository.name.toLowerCase()
    if (key === 'updated') return repository.updatedAt
    return key === 'pushed' ? repository.pushedAt : repository.id
  }
  const ascending = query.get('direction') ? query.get('direction') === 'asc' : key === 'full_name'
  ofType.sort((one, other) => (value(one) < value(other) ? -1 : 1) * (ascending ? 1 : -1))
  const { page, headers } = paginate(call, ofType)
  return { status: 200, body: page.map((repository) => repositoryFor(world, actor, repository)), headers }
}

/** Memberships are concealed here: who is no member, or whose token does not show it, sees an empty list. */
function listMembers(call: Call, { members }: Organization) {
  const { actor, query, world } = call
  const outside = actor.kind === 'classic' && !(members.has(actor.user) && hasScope(actor, 'read:org'))
  const role = query.get('role') ?? 'all'
  const asked = [...members].filter(([, held]) => !outside && (role === 'all' || held === role))
  const { page, headers } = paginate(call, asked)
  return { status: 200, body: page.map(([user]) => userObject(world.urls, user)), headers }
}

/** https://docs.github.com/rest/orgs/members#get-organization-membership-for-a-user */
function getMembership({ world, actor, params }: Call, organization: Organization) {
  const { login, members } = organization
  const { username = '' } = params
  if (actor.kind === 'classic' && !members.has(actor.user)) {
    throw new Refusal(403, `You must be a member of ${login} to see membership information for ${username}.`)
  }
  const user = world.users.get(username.toLowerCase())
  const role = user && members.get(user)
  if (!role) throw notFound()
  const url = `${world.urls.api}/orgs/${login}`
  return ok({
    url: `${url}/memberships/${user.login}`,
    state: 'active',
    role,
    organization_url: url,
    user: userObject(world.urls, user),
    organization: organizationObject(world.urls, organization),
  })
}

const orgs = (heading: string) => `orgs/orgs#${heading}`

export const organizationOperations: readonly Operation[] = [
  onOrganization('GET /orgs/{org}', orgs('get-an-organization'), (call, organization) =>
    ok(organizationFor(call, organization)),
  ),
  onOrganization('PATCH /orgs/{org}', orgs('update-an-organization'), (call, organization) => {
    organization.set(changedSettings(organization, call.body), { sender: userOf(call.actor).login })
    return ok(organizationFor(call, organization))
  }),
  onOrganization(
    'GET /orgs/{org}/installations',
    orgs('list-app-installations-for-an-organization'),
    (call, organization) => {
      const all = installationsOn(call.world, organization)
      const { page, headers } = paginate(call, all)
      const installations = page.map((each) => installationObject(call.world.urls, each))
      return { status: 200, body: { total_count: all.length, installations }, headers }
    },
  ),
  onOrganization('GET /orgs/{org}/members', 'orgs/members#list-organization-members', listMembers),
  onOrganization(
    'GET /orgs/{org}/memberships/{username}',
    'orgs/members#get-organization-membership-for-a-user',
    getMembership,
  ),
  onOrganization('GET /orgs/{org}/repos', 'repos/repos#list-organization-repositories', listRepositories),
  onOrganization('POST /orgs/{org}/repos', 'repos/repos#create-an-organization-repository', createRepository),
]
