import { setTimeout as sleep } from 'node:timers/promises'
import { isLeaving } from '../model/connection.ts'
import { Refusal } from '../model/github.ts'
import type { Job, JobKind } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { connectInstallations } from './connect.ts'
import { discover } from './discover.ts'
import { eachAlone, type Failure } from './failure.ts'
import { withLogFields } from './log-context.ts'
import type { Means } from './means.ts'
import { unmute } from './mute.ts'
import { policyDue } from './policy-due.ts'
import { applyPolicyFiles } from './policy-files/apply.ts'
import { planPullRequest } from './policy-files/plan-pull-request.ts'
import { planPullRequests } from './policy-files/plan-pull-requests.ts'
import { project } from './project.ts'
import { prune } from './prune.ts'
import { readJobs } from './read.ts'
import { readAuditLog } from './read-audit-log.ts'
import { readDeliveryLog } from './read-delivery-log.ts'
import { remove } from './remove.ts'
import { report } from './report.ts'
import { runControl } from './run-control.ts'
import { sweep } from './sweep.ts'

type Work = (means: Means, jobs: readonly Job[]) => Promise<readonly Failure[]>

const each =
  (work: (means: Means, job: Job) => Promise<void>): Work =>
  (means, jobs) =>
    eachAlone(
      jobs.map((job) => ({ job })),
      ({ job }) => work(means, job),
    )

const together =
  (work: (means: Means, jobs: readonly Job[]) => Promise<void>): Work =>
  (means, jobs) =>
    work(means, jobs).then(
      () => [],
      (error: unknown) => jobs.map((job) => ({ job, error })),
    )

const work: Readonly<Record<JobKind, Work>> = {
  project,
  connect: each(connectInstallations),
  read: together(readJobs),
  discover: each(discover),
  control: each(runControl),
  sweep: each(sweep),
  report: each(report),
  log: each(readDeliveryLog),
  'audit log': each(readAuditLog),
  prune: each(prune),
  remove: each((means, { connectionId }) => remove(means, connectionId ?? 0)),
  unmute: each(unmute),
  'policy-files': each(applyPolicyFiles),
  plan: each(planPullRequest),
  plans: each(planPullRequests),
  policy: each(policyDue),
}

const readsAtOnce = 100
/** A job that takes longer is told of in the log, again and again; in milliseconds. */
const long = 60_000
const firstRetry = 1_000
const longestRetry = 600_000
/** How often a job is tried that GitHub does not ask us to try later. */
const patience = 12
/** How long to wait before a store that failed is asked again, in milliseconds. */
const pause = 1_000

/**
 * Does one batch of jobs of one kind and writes how each ended; never rejects. What cannot be written is tried again
 * until `end`: the next start takes up what is left.
 */
export async function perform(means: Means, [first, ...others]: readonly Job[], end: AbortSignal): Promise<void> {
  if (!first) return
  const { store, clock, log } = means
  const startedAt = clock()
  const about = { job: first.id, kind: first.kind, connection: first.connectionId }
  const telling = setInterval(
    () => log.warn({ ...about, ms: clock() - startedAt }, 'A job has been running for long'),
    long,
  ).unref()
  try {
    const jobs = [first, ...(first.kind === 'read' ? await alike(means, first, startedAt) : others)]
    const isDropped = await isOfLeaving(store, first)
    const failures = isDropped ? [] : await withLogFields(fieldsOf(first), () => work[first.kind](means, jobs))
    const failed = new Set(failures.map(({ job }) => job.id))
    const done = jobs.filter(({ id }) => !failed.has(id)).map(({ id }) => id)
    await insist(means, end, () => store.jobs.done(done))
    for (const failure of failures) await insist(means, end, () => putOff(means, failure))
  } catch (error) {
    log.error({ ...about, err: error }, 'How a job ended could not be written; it is done again after the next start')
  } finally {
    clearInterval(telling)
    means.meter.worked(first.kind, clock() - startedAt)
  }
}

/** Whoever had a connection removed wants nothing more done for it. */
async function isOfLeaving(store: Store, { kind, connectionId }: Job): Promise<boolean> {
  if (kind === 'remove' || connectionId === null) return false
  const connection = await store.connections.get(connectionId)
  return connection !== null && isLeaving(connection)
}

/** A store that cannot be written just now claims no more: what it gave before is done all the same. */
async function alike({ store, log }: Means, first: Job, now: number): Promise<readonly Job[]> {
  try {
    return await store.jobs.claimAlike(first, now, readsAtOnce - 1)
  } catch (error) {
    log.warn({ err: error }, 'Reads that could be done together are done one by one')
    return []
  }
}

/** What ties a line of the log to the job, and to the delivery that it comes from. Those done together bear the first one's. */
function fieldsOf({ id, kind, connectionId, payload }: Job): Record<string, unknown> {
  const { deliveryId } = (payload ?? {}) as { deliveryId?: number | null }
  return {
    job: id,
    jobKind: kind,
    ...(connectionId && { connection: connectionId }),
    ...(deliveryId && { delivery: deliveryId }),
  }
}

async function insist({ log }: Means, end: AbortSignal, write: () => Promise<void>): Promise<void> {
  for (;;)
    try {
      return await write()
    } catch (error) {
      if (end.aborted) throw error
      log.error({ err: error }, 'How a job ended could not be written; trying again')
      await sleep(pause, null, { signal: end }).catch(() => null)
    }
}

/**
 * GitHub's limits say when to come again, to the millisecond. Anything else is tried at growing intervals, not before
 * GitHub says that it may go better, then parked for a person.
 */
async function putOff(means: Means, { job, error }: Failure): Promise<void> {
  const { store, clock, random, log } = means
  const { id, kind, attempts, connectionId } = job
  const reason = error instanceof Error ? error.message : String(error)
  const about = { err: error, job: id, kind, connection: connectionId, attempts }
  const askedFor = error instanceof Refusal ? error.retryAt : null
  if (askedFor === null && attempts >= patience) {
    log.error(about, `A job was parked: ${reason}`)
    means.meter.failed(kind, 'parked')
    return park(means, job, reason)
  }
  if (askedFor !== null && error instanceof Refusal && error.diagnosis.code === 'rate-limited') {
    log.info(about, `A job waits until ${new Date(askedFor).toISOString()}: ${reason}`)
    return store.jobs.wait(id, askedFor, reason)
  }
  const delay = Math.min(firstRetry * 2 ** attempts, longestRetry) * (0.5 + random())
  const retryAt = Math.max(Math.round(clock() + delay), askedFor ?? 0)
  means.meter.failed(kind, 'retried')
  log.warn(about, `A job is tried again at ${new Date(retryAt).toISOString()}: ${reason}`)
  return store.jobs.retry(id, retryAt, reason)
}

/** A delivery is parked with its job: whoever looks at either finds the reason. */
async function park({ store }: Means, { id, kind, payload }: Job, reason: string): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.jobs.park(id, reason)
    if (kind === 'project') await tx.deliveries.finish((payload as { deliveryId: number }).deliveryId, 'parked', reason)
  })
}
