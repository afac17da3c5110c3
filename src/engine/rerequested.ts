import { z } from 'zod'
import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { controlJob } from './jobs.ts'

const request = z.looseObject({
  action: z.literal('rerequested'),
  check_run: z.looseObject({ id: z.number() }),
})

/** “Re-run” pressed on one of our check runs: its control runs again. GitHub sends this to the App that made it only. */
export async function rerequested(store: Store, connection: Connection, body: unknown, now: number): Promise<NewJob[]> {
  const asked = request.safeParse(body)
  if (!asked.success) return []
  const report = await store.reports.byGitHubId(connection.id, 'check-run', asked.data.check_run.id)
  const control = report && (await store.controls.get(connection.id, report.controlId))
  if (!control) return []
  const { path, resourceId } = control
  return [controlJob(connection.id, { path, resourceId, why: 'check_run.rerequested', fresh: true }, now)]
}
