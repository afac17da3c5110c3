import type { Resource } from '../../src/model/resource.ts'
import type { Observation, ReadContext } from '../../src/model/resource-type.ts'
import { type OrganizationData, organization } from '../../src/resources/organization.ts'
import { type RepositoryData, repository } from '../../src/resources/repository.ts'
import { type RepositorySecurityData, repositorySecurity } from '../../src/resources/repository-security.ts'
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

/** As GitHub's GraphQL API gives a repository. */
const node = {
  id: 'R_1',
  databaseId: 1296269,
  name: 'web',
  nameWithOwner: 'acme/web',
  url: 'https://github.com/acme/web',
  description: '',
  homepageUrl: null,
  visibility: 'PRIVATE',
  isArchived: false,
  isFork: false,
  isTemplate: false,
  createdAt: '2011-01-26T19:01:12Z',
  updatedAt: '2026-01-15T12:00:00Z',
  pushedAt: '2026-01-14T10:00:00Z',
  owner: { id: connection.organizationNodeId, login: 'acme' },
  defaultBranchRef: { name: 'main', target: { oid: 'aa218f56b14c9653891f9e74264a383fa43fefbd' } },
  repositoryTopics: { nodes: [] },
  hasIssuesEnabled: true,
  hasProjectsEnabled: true,
  hasWikiEnabled: true,
  hasDiscussionsEnabled: false,
  forkingAllowed: false,
  webCommitSignoffRequired: false,
  mergeCommitAllowed: true,
  squashMergeAllowed: true,
  rebaseMergeAllowed: true,
  autoMergeAllowed: false,
  allowUpdateBranch: false,
  deleteBranchOnMerge: false,
  hasVulnerabilityAlertsEnabled: false,
  viewerCanAdminister: false,
}

/** What GitHub says of a repository, the fields that an error hides, and what the installation is granted. */
export interface RepositorySaid {
  readonly [field: string]: unknown
  readonly hidden?: string
  readonly granted?: object | 'as its owner'
}

/** The repository as it is recorded when GraphQL says this; what lies below it is for `beside`. */
export async function repositorySaying({
  hidden,
  granted,
  ...change
}: RepositorySaid): Promise<Resource<RepositoryData>> {
  const errors = hidden ? [{ type: 'FORBIDDEN', message: 'no', path: ['nodes', 0, hidden] }] : []
  const { github } = recordingGitHub({
    'query RepositoriesById': () => ({
      data: { nodes: [{ ...node, ...change, ...(hidden && { [hidden]: null }) }] },
      errors,
    }),
  })
  const context = { connection, github, ours: { granted: granted ?? {} } } as unknown as ReadContext
  const [seen] = await repository.read(context, ['R_1'])
  return resourceOf('GitHub > Repository', dataOf(seen), { nodeId: 'R_1' })
}

/** Its security features as they are recorded when REST says this; undefined: it does not show them. */
export async function securitySaying(shown: object | undefined): Promise<Resource<RepositorySecurityData>> {
  const { github } = recordingGitHub({
    'query RepositoriesById': () => ({ data: { nodes: [node] } }),
    'GET /repos/{owner}/{repo}': () => ({
      data: { node_id: 'R_1', full_name: 'acme/web', security_and_analysis: shown },
    }),
  })
  const context = { connection, github, ours: {} } as unknown as ReadContext
  const [seen] = await repositorySecurity.read(context, ['repository-security:R_1'])
  return resourceOf('GitHub > Repository Security', dataOf(seen))
}

const dataOf = <Data>(said: Observation<Data> | undefined): Partial<Data> => {
  if (said?.kind !== 'seen') throw new Error(`Not seen: ${JSON.stringify(said)}`)
  return said.data
}
