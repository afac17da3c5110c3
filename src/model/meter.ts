import type { JobKind } from './job.ts'

/** How the work goes is counted here, for whoever watches over it. Times in milliseconds. */
export interface Meter {
  /** A request to a webhook endpoint was answered. */
  answered(hook: 'app' | 'organization', status: number, ms: number): void
  /** A job, or several done together, ended. */
  worked(kind: JobKind, ms: number): void
  /** A job failed, and is tried again or left to a person. */
  failed(kind: JobKind, outcome: 'retried' | 'parked'): void
  /** GitHub was asked (null: as the App), and answered with a status, or did not answer (null). */
  asked(connectionId: number | null, status: number | null): void
}
