import { z } from 'zod'
import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlRecord } from '../model/control.ts'
import type { NewJob } from '../model/job.ts'
import { checkMark, pullRequestOf } from '../model/policy-files-reporter.ts'
import type { Store } from '../model/store.ts'
import { organization } from '../resources/organization.ts'
import { controlJob, planJob, plansJob, policyFilesJob } from './jobs.ts'
import { policyPlace } from './policy-place.ts'

const repository = z.object({ node_id: z.string() })

const request = z.union([
  z.object({
    action: z.literal('rerequested'),
    check_run: z.object({ id: z.number(), external_id: z.string().nullish() }),
    repository,
  }),
  z.object({
    action: z.literal('rerequested'),
    check_suite: z.object({ head_sha: z.string() }),
    repository,
  }),
])

/** “Re-run” pressed on one of our check runs, or on all of them: what it said is found out anew. GitHub tells the App that made it only. */
export async function rerequested(store: Store, connection: Connection, body: unknown, now: number): Promise<NewJob[]> {
  const { data: asked } = request.safeParse(body)
  if (!asked) return []
  if ('check_run' in asked) {
    const report = await store.reports.byGitHubId(connection.id, 'check-run', asked.check_run.id)
    const control = report && (await store.controls.get(connection.id, report.controlId))
    if (control) return [anew(connection, control, now)]
  }
  const place = await policyPlace(store, connection, now)
  if (place?.nodeId !== asked.repository.node_id) return []
  if ('check_run' in asked) return ofMark(store, connection, asked.check_run.external_id ?? '', now)
  const { head_sha: headSha } = asked.check_suite
  const ofFiles = headSha === place.headSha ? await policyFilesAnew(store, connection, now) : []
  return [plansJob(connection.id, { headSha }, now), ...ofFiles]
}

async function ofMark(store: Store, connection: Connection, mark: string, now: number): Promise<NewJob[]> {
  const number = pullRequestOf(mark, connection.id)
  if (number !== null) return [planJob(connection.id, { number, again: true }, now)]
  return mark === checkMark(connection.id, null) ? policyFilesAnew(store, connection, now) : []
}

/** Read anew, and said once more even where nothing is otherwise. */
async function policyFilesAnew(store: Store, connection: Connection, now: number): Promise<NewJob[]> {
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  const control = root && { path: organizationPolicyFiles.path, resourceId: root.id }
  return [...(control ? [anew(connection, control, now)] : []), policyFilesJob(connection.id, now, true)]
}

const anew = ({ id }: Connection, { path, resourceId }: Pick<ControlRecord, 'path' | 'resourceId'>, now: number) =>
  controlJob(id, { path, resourceId, why: 'check_run.rerequested', fresh: true }, now)
