import { propertyValues } from '../property-values.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { organizationAsAccount } from './account.ts'

const subResources = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

export const fullName = (repository: Repository): string => `${repository.organization.login}/${repository.name}`

/** A repository as a list of an installation's repositories names it. */
export const repositoryMention = (repository: Repository) => ({
  id: repository.id,
  node_id: repository.nodeId,
  name: repository.name,
  full_name: fullName(repository),
  private: repository.visibility !== 'public',
})

function addresses(urls: Urls, repository: Repository) {
  const path = fullName(repository)
  const url = `${urls.api}/repos/${path}`
  const web = `${urls.html}/${path}`
  return {
    html_url: web,
    url,
    ...Object.fromEntries(Object.entries(subResources).map(([key, suffix]) => [key, url + suffix])),
    git_url: `${web.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `git@${new URL(urls.html).hostname}:${path}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
  }
}

function counts(repository: Repository) {
  const open = repository.issues.filter((issue) => issue.state === 'open').length
  return {
    size: repository.commits.size,
    stargazers_count: 0,
    watchers_count: 0,
    forks_count: 0,
    open_issues_count: open,
    forks: 0,
    open_issues: open,
    watchers: 0,
  }
}

/** A repository as everybody who may see it sees it, in webhooks and in REST. */
export function repositoryObject(urls: Urls, repository: Repository) {
  const { settings } = repository
  return {
    ...repositoryMention(repository),
    owner: organizationAsAccount(urls, repository.organization),
    description: repository.description,
    fork: repository.fork,
    ...addresses(urls, repository),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.updatedAt),
    pushed_at: timestamp(repository.pushedAt),
    homepage: repository.homepage,
    language: repository.language,
    has_issues: settings.hasIssues,
    has_projects: settings.hasProjects,
    has_downloads: true,
    has_wiki: settings.hasWiki,
    has_pages: false,
    has_discussions: settings.hasDiscussions,
    archived: repository.archived,
    disabled: false,
    license: null,
    allow_forking: settings.allowForking,
    is_template: settings.isTemplate,
    web_commit_signoff_required: settings.webCommitSignoffRequired,
    topics: [...repository.topics],
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
    custom_properties: Object.fromEntries(
      propertyValues(repository).map(({ property_name, value }) => [property_name, value]),
    ),
    ...counts(repository),
  }
}

/** What REST shows only to a caller with `contents: write` or administration. */
export const mergeSettings = ({ settings }: Repository) => ({
  allow_squash_merge: settings.allowSquashMerge,
  allow_merge_commit: settings.allowMergeCommit,
  allow_rebase_merge: settings.allowRebaseMerge,
  allow_auto_merge: settings.allowAutoMerge,
  delete_branch_on_merge: settings.deleteBranchOnMerge,
  allow_update_branch: settings.allowUpdateBranch,
  use_squash_pr_title_as_default: false,
  squash_merge_commit_message: 'COMMIT_MESSAGES',
  squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
  merge_commit_message: 'PR_TITLE',
  merge_commit_title: 'MERGE_MESSAGE',
})

/** What REST shows only to an administrator of the repository. */
export const securityAndAnalysis = ({ settings }: Repository) => ({
  security_and_analysis: {
    secret_scanning: { status: settings.secretScanning ? 'enabled' : 'disabled' },
    secret_scanning_push_protection: { status: settings.secretScanningPushProtection ? 'enabled' : 'disabled' },
    dependabot_security_updates: { status: settings.dependabotSecurityUpdates ? 'enabled' : 'disabled' },
  },
})
