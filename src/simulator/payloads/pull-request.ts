import { difference } from '../git.ts'
import { baseOf, headOf, type PullRequest, sidesOf } from '../pull-request.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { organizationAsAccount, userObject } from './account.ts'
import { fullName, repositoryObject } from './repository.ts'

const end = (urls: Urls, repository: Repository, ref: string, sha: string) => ({
  label: `${repository.organization.login}:${ref}`,
  ref,
  sha,
  user: organizationAsAccount(urls, repository.organization),
  repo: repositoryObject(urls, repository),
})

/** As a list has it. */
export function listedPullRequest(urls: Urls, pullRequest: PullRequest) {
  const { issue, repository } = pullRequest
  const base = `${urls.api}/repos/${fullName(repository)}`
  const url = `${base}/pulls/${issue.number}`
  const issueUrl = `${base}/issues/${issue.number}`
  const web = `${urls.html}/${fullName(repository)}/pull/${issue.number}`
  const links = {
    self: url,
    html: web,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${base}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${base}/statuses/${headOf(pullRequest)}`,
  }
  return {
    url,
    id: pullRequest.id,
    node_id: pullRequest.nodeId,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: links.issue,
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: userObject(urls, issue.author.user),
    body: issue.body,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: timestamp(issue.closedAt),
    merged_at: null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: false,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: end(urls, pullRequest.from, pullRequest.head, headOf(pullRequest)),
    base: end(urls, repository, pullRequest.base, baseOf(pullRequest)),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: 'MEMBER',
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** By itself, and in an event. GitHub has not found out yet whether it can be merged. */
export function pullRequestObject(urls: Urls, pullRequest: PullRequest) {
  const { before, after } = sidesOf(pullRequest)
  const changed = Object.values(difference(before, after)).flat().length
  return {
    ...listedPullRequest(urls, pullRequest),
    merged: false,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: pullRequest.issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: changed,
    deletions: 0,
    changed_files: changed,
  }
}
