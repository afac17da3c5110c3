import { controlTypes } from '../controls/index.ts'
import { type GitHub, live, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { Report } from '../model/report.ts'
import type { Reporter, Saying } from '../model/reporter.ts'
import type { Means } from './means.ts'
import { reportingPlace } from './reporting-place.ts'

/** Says a control's state in every place it is said. A reporter that GitHub refuses keeps no other from reporting. */
export async function report(means: Means, { connectionId, payload }: Job): Promise<void> {
  const { clients, reporters } = means
  const saying = await sayingOf(means, connectionId ?? 0, (payload as { controlId: number }).controlId)
  if (!saying) return
  const github = await clients.forConnection(saying.connection, live(`report of ${saying.control.path}`))
  if (!github) return
  const serving = reporters.filter(({ serves }) => serves.includes(saying.connection.kind))
  for (const reporter of serving) await say(means, reporter, github, saying)
}

async function sayingOf(means: Means, connectionId: number, controlId: number): Promise<Saying | null> {
  const { store, addresses, clock, log } = means
  const connection = await store.connections.get(connectionId)
  const control = connection && (await store.controls.get(connectionId, controlId))
  const resource = control && (await store.resources.get(connectionId, control.resourceId))
  const run = control && (await store.controls.lastRun(connectionId, controlId))
  const type = controlTypes.find(({ path }) => path === control?.path)
  if (connection?.status !== 'active' || !control || !resource || !run || !type) return null
  const place = await reportingPlace(store, connection, clock())
  if (!place) {
    log.info(
      { connection: connectionId, control: control.path },
      'Not reported on GitHub: there is no repository `.github-private` or `.github`, nor another named by the policy',
    )
    return null
  }
  return { connection, control, type, resource, run, place, page: addresses.control(controlId) }
}

async function say(
  { store, clients, clock, log }: Means,
  reporter: Reporter,
  github: GitHub,
  saying: Saying,
): Promise<void> {
  const { connection, control } = saying
  const last = await store.reports.get(connection.id, control.id, reporter.kind)
  try {
    const author = await clients.author(connection)
    const begin = () => store.reports.save(begun(reporter, saying, last, clock()))
    const report = await reporter.report(afterNoting(begin, github), author, saying, last, clock())
    if (report) await store.reports.save(report)
    else if (last?.githubId === null) await store.reports.remove(connection.id, control.id, reporter.kind)
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    log.warn(
      { connection: connection.id, control: control.path, kind: reporter.kind, code: error.diagnosis.code },
      `Not reported: ${error.diagnosis.reason}`,
    )
  }
}

/** A write may take effect although we never hear of it, or end before we can note it: what GitHub shows is not known then. */
const afterNoting = (note: () => Promise<void>, github: GitHub): GitHub => ({
  ...github,
  write: async (route, parameters) => {
    await note()
    return github.write(route, parameters)
  },
})

function begun({ kind }: Reporter, { connection, control, place }: Saying, last: Report | null, now: number): Report {
  const isThere = last?.repositoryNodeId === place.nodeId && (kind === 'issue' || last.headSha === place.headSha)
  return {
    connectionId: connection.id,
    controlId: control.id,
    kind,
    repositoryNodeId: place.nodeId,
    githubId: isThere ? last.githubId : null,
    headSha: kind === 'issue' ? null : place.headSha,
    contentHash: null,
    open: true,
    updatedAt: last?.updatedAt ?? now,
  }
}
