import type { Job, JobKind, JobState, NewJob } from './job.ts'

export interface JobStore {
  enqueue(jobs: readonly NewJob[]): Promise<void>
  /**
   * Starts up to `limit` jobs that are due at `now`, oldest first, none sharing a lock with a running
   * one or each other. They stay running until `done`, `retry` or `park`. Projections are left to `claimProjections`.
   */
  claim(now: number, limit: number): Promise<Job[]>
  /** Starts up to `limit` due jobs of kind `project`, oldest first, whatever their locks: one caller does them in turn. */
  claimProjections(now: number, limit: number): Promise<Job[]>
  /** Starts up to `limit` more due jobs of the same kind, connection and lock as a running one, to be done together. */
  claimAlike(job: Job, now: number, limit: number): Promise<Job[]>
  done(ids: readonly number[]): Promise<void>
  retry(id: number, runAt: number, error: string): Promise<void>
  /** As `retry`, for a job that was but told by GitHub to come later: that is no failure, and is not counted as one. */
  wait(id: number, runAt: number, reason: string): Promise<void>
  /** Gives a running job another payload: how far it has come, should it have to go on another time. */
  note(id: number, payload: unknown): Promise<void>
  /** The jobs that wait for GitHub's limits, by connection: when the first and the last of them go on, in milliseconds. */
  waiting(): Promise<{ connectionId: number | null; count: number; next: number; until: number }[]>
  /** How many jobs of a kind run, are due, or wait for GitHub's limits. */
  toCome(connectionId: number, kind: JobKind, now: number): Promise<number>
  park(id: number, error: string): Promise<void>
  /** Lets go of what is queued or parked for a connection but for its removal; returns how many of its other jobs run. */
  clear(connectionId: number): Promise<number>
  /** Lets go of every job of a connection, its removal's too. */
  drop(connectionId: number): Promise<void>
  /** Jobs that were running when the process died are due again. Called once at start. */
  recover(): Promise<number>
  /** When the next queued job is due, in milliseconds; null when none is queued. */
  nextDueAt(): Promise<number | null>
  /** Queued are those to come as well, of deliveries that wait to be entered. */
  counts(): Promise<{ queued: number; running: number; parked: number }>
  parked(kind?: JobKind): Promise<(Job & { error: string })[]>
  /** Of one state, oldest first, with the newest failure of each. */
  list(state: JobState, limit: number): Promise<(Job & { error: string | null })[]>
  /** Those of one kind and connection that are being done. */
  running(connectionId: number, kind: JobKind): Promise<Job[]>
  /** Makes a parked job due, as if it had never been tried. False: no parked job has that id. */
  replay(id: number, now: number): Promise<boolean>
  /** Whether one of these jobs runs, or is due. */
  isUnderWay(jobs: readonly NewJob[], now: number): Promise<boolean>
  /** How many there are of each kind in each state. */
  census(): Promise<{ kind: JobKind; state: JobState; count: number }[]>
}
