import { z } from 'zod'
import type { Observation, ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, number, text, time } from '../model/resource-type.ts'
import { moment } from './moment.ts'

export interface OrganizationData {
  databaseId: number
  login: string
  name: string | null
  description: string | null
  url: string
  isVerified: boolean
  planName: string
  defaultRepositoryPermission: string
  membersCanCreateRepositories: boolean
  membersCanCreatePublicRepositories: boolean
  membersCanCreatePrivateRepositories: boolean
  membersCanCreateInternalRepositories: boolean
  membersCanForkPrivateRepositories: boolean
  membersCanCreatePages: boolean
  membersCanCreatePublicPages: boolean
  membersCanCreatePrivatePages: boolean
  deployKeysEnabledForRepositories: boolean
  twoFactorRequirementEnabled: boolean
  webCommitSignoffRequired: boolean
  createdAt: string
}

export const organization = defineResource<OrganizationData>({
  type: 'GitHub > Organization',
  view: 'github_organization',
  parent: null,
  needs: { organization_administration: 'read' },
  single: (organizationNodeId) => organizationNodeId,
  // Most of its settings are in no event.
  rhythm: 3_600_000,
  fields: {
    databaseId: number.from('organization', 'The numeric id, which stays over renames.'),
    login: text.from('organization', 'Its name in addresses.'),
    name: text.readOnly('Its display name.'),
    description: text.readOnly('What it says of itself.'),
    url: text.readOnly('Its page.'),
    isVerified: flag.readOnly('GitHub verified its domain.'),
    planName: text.readOnly('What it subscribes to.'),
    defaultRepositoryPermission: text.readOnly('What every member may do to each repository.'),
    membersCanCreateRepositories: flag.readOnly('Members may create repositories.'),
    membersCanCreatePublicRepositories: flag.readOnly('Members may create public ones.'),
    membersCanCreatePrivateRepositories: flag.readOnly('Members may create private ones.'),
    membersCanCreateInternalRepositories: flag.readOnly('Members may create internal ones.'),
    membersCanForkPrivateRepositories: flag.readOnly('Members may fork private repositories.'),
    membersCanCreatePages: flag.readOnly('Members may publish sites.'),
    membersCanCreatePublicPages: flag.readOnly('Members may publish sites to everybody.'),
    membersCanCreatePrivatePages: flag.readOnly('Members may publish sites to members.'),
    deployKeysEnabledForRepositories: flag.readOnly('Repositories may have deploy keys.'),
    twoFactorRequirementEnabled: flag.readOnly('Everyone must use two-factor authentication.'),
    webCommitSignoffRequired: flag.readOnly('Commits made on the web are signed off.'),
    createdAt: time.readOnly('When it was made.'),
  },
  title: ({ login }) => login ?? 'an organization',

  fromEvent: {
    organization: ({ action, organization: said }) =>
      action === 'renamed' || action === 'deleted' ? prompt(said) : [],
    installation_target: ({ account }) => prompt(account),
  },

  batch: 1,
  async read(context, [nodeId = '']) {
    const { data, errors } = await askLogin(context, nodeId)
    if (data.node?.login) {
      const answer = await context.github.get('GET /orgs/{org}', { org: data.node.login })
      return [{ kind: 'seen', nodeId, ...fromApi(answer.data) }]
    }
    const isGone = data.node !== null || errors.some(({ type }) => type === 'NOT_FOUND')
    return isGone
      ? [{ kind: 'gone', nodeId, reason: 'GitHub no longer shows the organization' }]
      : prompt({ node_id: nodeId })
  },
})

/** Asked by identity, since the login we know may be of yesterday. */
const askLogin = ({ github }: ReadContext, nodeId: string) =>
  github.query<{ node: { login?: string } | null }>(
    'OrganizationLogin',
    'query OrganizationLogin($id: ID!) { node(id: $id) { ... on Organization { login } } }',
    { id: nodeId },
  )

const prompt = (said: unknown): Observation<OrganizationData>[] => [
  { kind: 'prompt', nodeId: z.object({ node_id: z.string() }).parse(said).node_id },
]

/** GitHub leaves out, or gives as null, what the caller may not see: such a field is not known and left untouched. */
const settings = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  html_url: z.string(),
  is_verified: z.boolean().nullish(),
  plan: z.object({ name: z.string() }).nullish(),
  default_repository_permission: z.string().nullish(),
  members_can_create_repositories: z.boolean().nullish(),
  members_can_create_public_repositories: z.boolean().nullish(),
  members_can_create_private_repositories: z.boolean().nullish(),
  members_can_create_internal_repositories: z.boolean().nullish(),
  members_can_fork_private_repositories: z.boolean().nullish(),
  members_can_create_pages: z.boolean().nullish(),
  members_can_create_public_pages: z.boolean().nullish(),
  members_can_create_private_pages: z.boolean().nullish(),
  deploy_keys_enabled_for_repositories: z.boolean().nullish(),
  two_factor_requirement_enabled: z.boolean().nullish(),
  web_commit_signoff_required: z.boolean().nullish(),
  created_at: moment,
  updated_at: moment,
})

function fromApi(answer: unknown): { data: Partial<OrganizationData>; revision: number } {
  const said = settings.parse(answer)
  const data = known({
    databaseId: said.id,
    login: said.login,
    name: said.name === '' ? null : said.name,
    description: said.description === '' ? null : said.description,
    url: said.html_url,
    createdAt: said.created_at,
    isVerified: said.is_verified,
    planName: said.plan?.name,
    defaultRepositoryPermission: said.default_repository_permission,
    membersCanCreateRepositories: said.members_can_create_repositories,
    membersCanCreatePublicRepositories: said.members_can_create_public_repositories,
    membersCanCreatePrivateRepositories: said.members_can_create_private_repositories,
    membersCanCreateInternalRepositories: said.members_can_create_internal_repositories,
    membersCanForkPrivateRepositories: said.members_can_fork_private_repositories,
    membersCanCreatePages: said.members_can_create_pages,
    membersCanCreatePublicPages: said.members_can_create_public_pages,
    membersCanCreatePrivatePages: said.members_can_create_private_pages,
    deployKeysEnabledForRepositories: said.deploy_keys_enabled_for_repositories,
    twoFactorRequirementEnabled: said.two_factor_requirement_enabled,
    webCommitSignoffRequired: said.web_commit_signoff_required,
  })
  return { data, revision: Date.parse(said.updated_at) }
}

const mayBeNull = new Set<string>(['name', 'description'])

function known(
  data: { [K in keyof OrganizationData]: OrganizationData[K] | null | undefined },
): Partial<OrganizationData> {
  const entries = Object.entries(data).filter(
    ([field, value]) => value !== undefined && (value !== null || mayBeNull.has(field)),
  )
  return Object.fromEntries(entries) as Partial<OrganizationData>
}
