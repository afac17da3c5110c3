import { Refusal } from '../model/github.ts'
import type { Job, JobKind } from '../model/job.ts'
import { connectInstallations } from './connect.ts'
import { discover } from './discover.ts'
import type { Means } from './means.ts'
import { project } from './project.ts'
import { readJobs } from './read.ts'
import { report } from './report.ts'
import { runControl } from './run-control.ts'

const one = (work: (means: Means, job: Job) => Promise<void>) => async (means: Means, jobs: readonly Job[]) => {
  for (const job of jobs) await work(means, job)
}

const work: Readonly<Record<JobKind, (means: Means, jobs: readonly Job[]) => Promise<void>>> = {
  project: one(project),
  connect: one(connectInstallations),
  read: readJobs,
  discover: one(discover),
  control: one(runControl),
  report: one(report),
}

const concurrency = 8
const readsAtOnce = 100
/** How often jobs of another process (the command line) are looked for, in milliseconds. */
const rhythm = 500
const firstRetry = 1_000
const longestRetry = 600_000
const patience = 12

export interface Worker {
  /** New work was written: look for it now. */
  wake(): void
  /** Resolves when nothing is due; jobs for a later time stay queued. */
  idle(): Promise<void>
  /** Takes no new work, and resolves when what runs has ended. */
  stop(): Promise<void>
}

/** Works off the jobs of the store, a few at a time, until stopped. */
export function startWorker(means: Means): Worker {
  const { store, clock, log } = means
  const running = new Set<Promise<void>>()
  let stopping = false
  let looking: Promise<void> | null = null
  let again = false

  const look = async () => {
    const free = concurrency - running.size
    if (stopping || free <= 0) return
    for (const job of await store.jobs.claim(clock(), free)) {
      const done = perform(means, job).finally(() => {
        running.delete(done)
        wake()
      })
      running.add(done)
    }
  }
  const wake = () => {
    if (stopping) return
    again = true
    looking ??= (async () => {
      while (again) {
        again = false
        await look()
      }
    })()
      .catch((error: unknown) => log.error({ err: error }, 'The store could not be asked for work; trying again'))
      .finally(() => {
        looking = null
      })
  }
  const timer = setInterval(wake, rhythm)
  wake()

  return {
    wake,
    async idle() {
      for (;;) {
        wake()
        await looking
        if (running.size > 0) await Promise.race(running)
        else if (((await store.jobs.nextDueAt()) ?? Number.POSITIVE_INFINITY) > clock()) return
      }
    },
    async stop() {
      stopping = true
      clearInterval(timer)
      await looking
      await Promise.all(running)
    },
  }
}

async function perform(means: Means, job: Job): Promise<void> {
  const { store, clock } = means
  const jobs = job.kind === 'read' ? [job, ...(await store.jobs.claimAlike(job, clock(), readsAtOnce - 1))] : [job]
  try {
    await work[job.kind](means, jobs)
    await store.jobs.done(jobs.map(({ id }) => id))
  } catch (error) {
    for (const each of jobs) await putOff(means, each, error)
  }
}

/** A refusal says when it may go better; anything else is tried at growing intervals, then parked for a person. */
async function putOff(
  { store, clock, random, log }: Means,
  { id, kind, attempts, connectionId }: Job,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  const about = { err: error, job: id, kind, connection: connectionId, attempts }
  const isRefusal = error instanceof Refusal
  if (!isRefusal && attempts >= patience) {
    log.error(about, `A job was parked: ${reason}`)
    return store.jobs.park(id, reason)
  }
  const delay = Math.min(firstRetry * 2 ** attempts, longestRetry) * (0.5 + random())
  const retryAt = Math.max(clock() + delay, isRefusal ? (error.retryAt ?? 0) : 0)
  log.warn(about, `A job is tried again at ${new Date(retryAt).toISOString()}: ${reason}`)
  return store.jobs.retry(id, retryAt, reason)
}
