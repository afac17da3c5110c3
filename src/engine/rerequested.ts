import { z } from 'zod'
import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlRecord } from '../model/control.ts'
import type { NewJob } from '../model/job.ts'
import { checkMark, pullRequestOf } from '../model/policy-files-reporter.ts'
import type { Report } from '../model/report.ts'
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
  const { node_id: nodeId } = asked.repository
  const place = await policyPlace(store, connection, now)
  const isOfFiles = place?.nodeId === nodeId
  if ('check_run' in asked) {
    const { id, external_id: mark } = asked.check_run
    const report = await store.reports.byGitHubId(connection.id, 'check-run', id)
    if (report) return ofReports(store, connection, [report], now)
    return isOfFiles ? ofMark(store, connection, mark ?? '', now) : []
  }
  const { head_sha: headSha } = asked.check_suite
  const ofFiles = headSha === place?.headSha ? await policyFilesAnew(store, connection, now) : []
  return [
    ...(await ofReports(store, connection, await reportsOn(store, connection, nodeId, headSha), now)),
    ...(isOfFiles ? [plansJob(connection.id, { headSha }, now), ...ofFiles] : []),
  ]
}

/** GitHub waits until a check run is written again, be it with the same words. */
async function ofReports(
  store: Store,
  connection: Connection,
  reports: readonly Report[],
  now: number,
): Promise<NewJob[]> {
  const jobs: NewJob[] = []
  for (const report of reports) {
    const control = await store.controls.get(connection.id, report.controlId)
    if (!control) continue
    await store.reports.save({ ...report, contentHash: null })
    jobs.push(anew(connection, control, now))
  }
  return jobs
}

/** What was said of controls on one commit. */
async function reportsOn(store: Store, connection: Connection, nodeId: string, headSha: string): Promise<Report[]> {
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  const controls = root ? await store.controls.list(connection.id, { resourceId: root.id }) : []
  const reports = await Promise.all(controls.map(({ id }) => store.reports.get(connection.id, id, 'check-run')))
  return reports
    .filter((said) => said !== null)
    .filter((said) => said.repositoryNodeId === nodeId && said.headSha === headSha)
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
