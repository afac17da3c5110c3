import type { CheckRun } from '../check-run.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { appObject } from './app.ts'
import { fullName } from './repository.ts'

export function checkRunObject(urls: Urls, repository: Repository, run: CheckRun) {
  const url = `${urls.api}/repos/${fullName(repository)}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${urls.html}/${fullName(repository)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: timestamp(run.startedAt),
    completed_at: timestamp(run.completedAt),
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suiteId },
    app: appObject(urls, run.app),
    pull_requests: [],
  }
}

/** In an event the suite is told in full. */
export function checkRunInEvent(urls: Urls, repository: Repository, run: CheckRun) {
  const branch = [...repository.branches].find(([, head]) => head === run.headSha)
  return {
    ...checkRunObject(urls, repository, run),
    check_suite: {
      id: run.suiteId,
      head_branch: branch?.[0] ?? null,
      head_sha: run.headSha,
      status: run.status,
      conclusion: run.conclusion,
      url: `${urls.api}/repos/${fullName(repository)}/check-suites/${run.suiteId}`,
      before: null,
      after: run.headSha,
      pull_requests: [],
      app: appObject(urls, run.app),
      created_at: timestamp(run.startedAt),
      updated_at: timestamp(run.completedAt ?? run.startedAt),
    },
  }
}
