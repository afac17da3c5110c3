import { z } from 'zod'
import type { Job } from '../../model/job.ts'
import { type PlansPayload, planJob } from '../jobs.ts'
import type { Means } from '../means.ts'
import { isPlanned, planningIn, pullRequest } from './planning.ts'

/** So many open pull requests are planned anew, the newest ones; the others when they change. */
const mostPlanned = 20
/** So long one waits for the one before, in milliseconds: each takes several requests. */
const spacing = 30_000

/** Has open pull requests planned anew, one after another. */
export async function planPullRequests(means: Means, { connectionId, payload }: Job): Promise<void> {
  const { store, clock } = means
  const { headSha } = payload as PlansPayload
  const planning = await planningIn(means, connectionId)
  if (!planning?.place.defaultBranch) return
  const { connection, place, github } = planning
  const { data } = await github.get('GET /repos/{owner}/{repo}/pulls', {
    ...{ owner: place.owner, repo: place.name, base: place.defaultBranch ?? '' },
    ...{ state: 'open', sort: 'created', direction: 'desc', per_page: 100 },
  })
  const asked = z
    .array(pullRequest)
    .parse(data)
    .filter((each) => isPlanned(each, place) && (headSha === null || each.head.sha === headSha))
    .slice(0, mostPlanned)
  const again = headSha !== null
  const jobs = asked.map(({ number }, at) => planJob(connection.id, { number, again }, clock() + at * spacing))
  await store.jobs.enqueue(jobs)
}
