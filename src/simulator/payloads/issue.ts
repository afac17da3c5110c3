import type { Author, Issue, IssueComment } from '../issue.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { userObject } from './account.ts'
import { appObject } from './app.ts'
import { fullName } from './repository.ts'

const reactions = (url: string) => ({
  url: `${url}/reactions`,
  total_count: 0,
  '+1': 0,
  '-1': 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
})

const authorship = (urls: Urls, repository: Repository, { user, app }: Author) => ({
  user: userObject(urls, user),
  author_association: repository.organization.members.has(user) ? 'MEMBER' : 'NONE',
  performed_via_github_app: app ? appObject(urls, app) : null,
})

const label = (url: string, name: string, index: number) => ({
  id: index + 1,
  node_id: `LA_${index + 1}`,
  url: `${url}/labels/${encodeURIComponent(name)}`,
  name,
  color: 'ededed',
  default: false,
  description: null,
})

export function issueObject(urls: Urls, repository: Repository, issue: Issue) {
  const repositoryUrl = `${urls.api}/repos/${fullName(repository)}`
  const url = `${repositoryUrl}/issues/${issue.number}`
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${urls.html}/${fullName(repository)}/issues/${issue.number}`,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    ...authorship(urls, repository, issue.author),
    labels: issue.labels.map((name, index) => label(repositoryUrl, name, index)),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: timestamp(issue.closedAt),
    closed_by: issue.closedBy && userObject(urls, issue.closedBy),
    active_lock_reason: null,
    body: issue.body,
    reactions: reactions(url),
    timeline_url: `${url}/timeline`,
    state_reason: issue.stateReason,
    ...pullRequestLinks(urls, repository, issue),
  }
}

/** A pull request is an issue too, told from others by this. */
function pullRequestLinks(urls: Urls, repository: Repository, issue: Issue) {
  if (!repository.pullRequests.some((each) => each.issue === issue)) return {}
  const web = `${urls.html}/${fullName(repository)}/pull/${issue.number}`
  const url = `${urls.api}/repos/${fullName(repository)}/pulls/${issue.number}`
  return { pull_request: { url, html_url: web, diff_url: `${web}.diff`, patch_url: `${web}.patch` } }
}

export function commentObject(urls: Urls, repository: Repository, issue: Issue, comment: IssueComment) {
  const issueUrl = `${urls.api}/repos/${fullName(repository)}/issues`
  const url = `${issueUrl}/comments/${comment.id}`
  return {
    url,
    html_url: `${urls.html}/${fullName(repository)}/issues/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${issueUrl}/${issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    ...authorship(urls, repository, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    body: comment.body,
    reactions: reactions(url),
  }
}
