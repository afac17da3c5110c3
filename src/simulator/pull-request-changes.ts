import { type By, senderOf } from './by.ts'
import { type Issue, newIssue } from './issue.ts'
import { nodeId } from './node-id.ts'
import { pullRequestObject } from './payloads/pull-request.ts'
import { headOf, type PullRequest, type PullRequestDraft } from './pull-request.ts'
import type { Repository } from './repository.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import type { World } from './world.ts'

export function openPullRequest(world: World, repository: Repository, draft: PullRequestDraft & By): PullRequest {
  const { head, title = head, base = repository.defaultBranch, from = repository } = draft
  if (!from.branches.has(head) || !repository.branches.has(base)) throw new Error(`There is no ${head} or no ${base}.`)
  const id = world.newId()
  const pullRequest: PullRequest = {
    id,
    nodeId: nodeId('PR', repository.id, id),
    issue: newIssue(world, repository, { title }, { user: senderOf(world, repository.organization, draft) }),
    repository,
    from,
    head,
    base,
    closedHead: null,
    editBase: (branch, by) => {
      const changes = { base: { ref: { from: pullRequest.base } } }
      pullRequest.base = branch
      announce(world, pullRequest, 'edited', by, { changes })
    },
    close: (by) => setState(world, pullRequest, 'closed', by),
    reopen: (by) => setState(world, pullRequest, 'open', by),
  }
  repository.pullRequests.push(pullRequest)
  from.pullRequestsFrom.push(pullRequest)
  announce(world, pullRequest, 'opened', draft)
  return pullRequest
}

function setState(world: World, pullRequest: PullRequest, state: Issue['state'], by?: By): void {
  const isClosed = state === 'closed'
  const now = wholeSecond(world.now())
  pullRequest.closedHead = isClosed ? headOf(pullRequest) : null
  Object.assign(pullRequest.issue, { state, updatedAt: now, closedAt: isClosed ? now : null })
  announce(world, pullRequest, isClosed ? 'closed' : 'reopened', by)
}

/** A branch moved on: its open pull requests, also those to other repositories, move with it. */
export function synchronize(
  world: World,
  from: Repository,
  branch: string,
  moved: { readonly before: string; readonly after: string },
  by?: By,
): void {
  for (const each of from.pullRequestsFrom)
    if (each.head === branch && each.issue.state === 'open') announce(world, each, 'synchronize', by, moved)
}

function announce(
  world: World,
  pullRequest: PullRequest,
  action: string,
  by?: By,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const { issue, repository } = pullRequest
  const says = { number: issue.number, pull_request: pullRequestObject(world.urls, pullRequest), ...more }
  tell(world, repository, by, { event: 'pull_request', action, says })
}
