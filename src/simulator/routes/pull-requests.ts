import { blobName, difference } from '../git.ts'
import { type Call, type Operation, ok, onRepository } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound } from '../http/refusal.ts'
import { listedPullRequest, pullRequestObject } from '../payloads/pull-request.ts'
import { fullName } from '../payloads/repository.ts'
import { headOf, type PullRequest, sidesOf } from '../pull-request.ts'
import type { Repository } from '../repository.ts'
import type { World } from '../world.ts'

function find({ params }: Call, repository: Repository): PullRequest {
  const found = repository.pullRequests.find(({ issue }) => String(issue.number) === params.pull_number)
  if (!found) throw notFound()
  return found
}

function list(call: Call, repository: Repository) {
  const { world, query } = call
  const state = query.get('state') ?? 'open'
  const base = query.get('base')
  const asked = repository.pullRequests.filter(
    (each) => (state === 'all' || each.issue.state === state) && (base === null || each.base === base),
  )
  const { page, headers } = paginate(call, asked.toReversed())
  return { status: 200, body: page.map((each) => listedPullRequest(world.urls, each)), headers }
}

/** GitHub lists 3,000 files at most. */
const mostFiles = 3_000

function files(call: Call, repository: Repository) {
  const pullRequest = find(call, repository)
  const { before, after } = sidesOf(pullRequest)
  const changes = Object.entries(difference(before, after)).flatMap(([status, paths]) =>
    paths.map((path) => fileObject(call.world, pullRequest, path, status, after.get(path) ?? before.get(path) ?? '')),
  )
  const sorted = changes.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)).slice(0, mostFiles)
  const { page, headers } = paginate(call, sorted)
  return { status: 200, body: page, headers }
}

function fileObject({ urls }: World, pullRequest: PullRequest, path: string, status: string, text: string) {
  const head = headOf(pullRequest)
  const name = fullName(pullRequest.repository)
  const lines = text.split('\n').length
  return {
    sha: blobName(text),
    filename: path,
    status,
    additions: status === 'removed' ? 0 : lines,
    deletions: status === 'added' ? 0 : lines,
    changes: lines,
    blob_url: `${urls.html}/${name}/blob/${head}/${encodeURIComponent(path)}`,
    raw_url: `${urls.html}/${name}/raw/${head}/${encodeURIComponent(path)}`,
    contents_url: `${urls.api}/repos/${name}/contents/${encodeURIComponent(path)}?ref=${head}`,
  }
}

const pulls = (heading: string) => `pulls/pulls#${heading}`

export const pullRequestOperations: readonly Operation[] = [
  onRepository('GET /repos/{owner}/{repo}/pulls', pulls('list-pull-requests'), list),
  onRepository('GET /repos/{owner}/{repo}/pulls/{pull_number}', pulls('get-a-pull-request'), (call, repository) =>
    ok(pullRequestObject(call.world.urls, find(call, repository))),
  ),
  onRepository('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', pulls('list-pull-requests-files'), files),
]
