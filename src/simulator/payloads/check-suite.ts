import type { CheckSuite } from '../check-suite.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { appObject } from './app.ts'
import { fullName } from './repository.ts'

interface Verdict {
  readonly status: string
  readonly conclusion: string | null
}

/** A suite as an event tells it. */
export function checkSuiteInEvent(urls: Urls, repository: Repository, suite: CheckSuite, verdict: Verdict) {
  const url = `${urls.api}/repos/${fullName(repository)}/check-suites/${suite.id}`
  const commit = repository.commits.get(suite.headSha)
  const login = commit?.author.login ?? ''
  const person = { name: login, email: `${login}@users.noreply.github.example` }
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...verdict,
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: [],
    app: appObject(urls, suite.app),
    created_at: timestamp(suite.createdAt),
    updated_at: timestamp(suite.updatedAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checkRuns.filter(({ suiteId }) => suiteId === suite.id).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: {
      id: suite.headSha,
      tree_id: commit?.tree ?? '',
      message: commit?.message ?? '',
      timestamp: timestamp(commit?.date ?? suite.createdAt),
      author: person,
      committer: person,
    },
  }
}
