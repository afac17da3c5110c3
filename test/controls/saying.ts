import type { Resource } from '../../src/model/resource.ts'
import type { Observation, ReadContext } from '../../src/model/resource-type.ts'
import { type OrganizationData, organization } from '../../src/resources/organization.ts'
import { connection } from '../resources/examples.ts'
import { recordingGitHub } from './recording-github.ts'
import { resourceOf } from './resource.ts'

/** As GitHub's documentation shows `GET /orgs/{org}` to an owner. */
const answered = {
  login: 'github',
  id: 1,
  node_id: connection.organizationNodeId,
  name: 'github',
  description: 'A great organization',
  html_url: 'https://github.com/octocat',
  is_verified: true,
  default_repository_permission: 'read',
  members_can_create_repositories: true,
  two_factor_requirement_enabled: true,
  members_allowed_repository_creation_type: 'all',
  members_can_create_public_repositories: true,
  members_can_create_private_repositories: true,
  members_can_create_internal_repositories: false,
  members_can_create_pages: true,
  members_can_create_public_pages: true,
  members_can_create_private_pages: true,
  members_can_fork_private_repositories: false,
  web_commit_signoff_required: false,
  deploy_keys_enabled_for_repositories: true,
  created_at: '2008-01-14T04:33:35Z',
  updated_at: '2014-03-03T18:58:10Z',
}

/** The organization as it is recorded when GitHub says this; what is undefined GitHub leaves out. */
export async function organizationSaying(change: object): Promise<Resource<OrganizationData>> {
  const { github } = recordingGitHub({
    'query OrganizationLogin': () => ({ data: { node: { login: 'github' } } }),
    'GET /orgs/{org}': () => ({ data: { ...answered, ...change } }),
  })
  const [seen] = await organization.read({ connection, github } as unknown as ReadContext, ['O_1'])
  return resourceOf('GitHub > Organization', dataOf(seen))
}

const dataOf = <Data>(said: Observation<Data> | undefined): Partial<Data> => {
  if (said?.kind !== 'seen') throw new Error(`Not seen: ${JSON.stringify(said)}`)
  return said.data
}
