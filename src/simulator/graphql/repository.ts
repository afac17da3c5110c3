import { levelIn } from '../http/actor.ts'
import { nodeId } from '../node-id.ts'
import { fullName } from '../payloads/repository.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import { connection, type Paging } from './connection.ts'
import { type Context, graphqlError } from './context.ts'
import { organizationNode } from './organization.ts'
import { listsOf } from './repository-lists.ts'

const forbidden = () => graphqlError('FORBIDDEN', 'Resource not accessible by integration')

/** Refs are contents: without that permission a private repository shows none. */
function defaultBranchRef({ actor }: Context, repository: Repository) {
  const name = repository.defaultBranch
  const commit = repository.commits.get(repository.branches.get(name) ?? '')
  if (!commit) return null
  const readable = repository.visibility === 'public' || reaches(levelIn(actor, repository, 'contents'), 'read')
  if (!readable) throw forbidden()
  return {
    __typename: 'Ref',
    id: nodeId('REF', repository.id),
    name,
    prefix: 'refs/heads/',
    target: { __typename: 'Commit', id: nodeId('C', repository.id), oid: commit.sha, message: commit.message },
  }
}

/** A boolean that cannot be null: it says false to whoever may not know. */
const vulnerabilityAlerts = ({ actor }: Context, repository: Repository): boolean =>
  repository.settings.vulnerabilityAlerts &&
  (reaches(levelIn(actor, repository, 'vulnerability_alerts'), 'read') ||
    levelIn(actor, repository, 'administration') === 'admin')

const topics = (repository: Repository, paging: Paging) =>
  connection('repositoryTopics', repository.topics, paging, (name) => ({
    __typename: 'RepositoryTopic',
    id: nodeId('RT', repository.id, repository.topics.indexOf(name)),
    topic: { __typename: 'Topic', id: `T_${name}`, name },
  }))

/** Settings, all open to readers: GraphQL shows how pull requests are merged where REST hides it. */
const settingsOf = ({ settings }: Repository) => ({
  hasIssuesEnabled: settings.hasIssues,
  hasWikiEnabled: settings.hasWiki,
  hasProjectsEnabled: settings.hasProjects,
  hasDiscussionsEnabled: settings.hasDiscussions,
  forkingAllowed: settings.allowForking,
  mergeCommitAllowed: settings.allowMergeCommit,
  squashMergeAllowed: settings.allowSquashMerge,
  rebaseMergeAllowed: settings.allowRebaseMerge,
  autoMergeAllowed: settings.allowAutoMerge,
  deleteBranchOnMerge: settings.deleteBranchOnMerge,
  allowUpdateBranch: settings.allowUpdateBranch,
  webCommitSignoffRequired: settings.webCommitSignoffRequired,
  mergeCommitTitle: 'MERGE_MESSAGE',
  mergeCommitMessage: 'PR_TITLE',
  squashMergeCommitTitle: 'COMMIT_OR_PR_TITLE',
  squashMergeCommitMessage: 'COMMIT_MESSAGES',
})

export const repositoryNode = (context: Context, repository: Repository) => ({
  __typename: 'Repository',
  id: repository.nodeId,
  databaseId: repository.id,
  name: repository.name,
  nameWithOwner: fullName(repository),
  owner: () => organizationNode(context, repository.organization),
  url: `${context.world.urls.html}/${fullName(repository)}`,
  resourcePath: `/${fullName(repository)}`,
  visibility: repository.visibility.toUpperCase(),
  isPrivate: repository.visibility !== 'public',
  isArchived: repository.archived,
  isFork: repository.fork,
  isTemplate: repository.settings.isTemplate,
  isEmpty: repository.commits.size === 0,
  isDisabled: false,
  isLocked: false,
  isMirror: false,
  description: repository.description,
  homepageUrl: repository.homepage,
  createdAt: timestamp(repository.createdAt),
  updatedAt: timestamp(repository.updatedAt),
  pushedAt: timestamp(repository.pushedAt),
  diskUsage: 0,
  forkCount: 0,
  stargazerCount: 0,
  defaultBranchRef: () => defaultBranchRef(context, repository),
  hasVulnerabilityAlertsEnabled: () => vulnerabilityAlerts(context, repository),
  repositoryTopics: (paging: Paging) => topics(repository, paging),
  primaryLanguage:
    repository.language === null
      ? null
      : { __typename: 'Language', id: `L_${repository.language}`, name: repository.language, color: null },
  ...settingsOf(repository),
  ...listsOf(context, repository),
})
