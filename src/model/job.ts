/** What the engine does after the answer. Each may run twice and leaves the same end. */
export type JobKind =
  | 'project'
  | 'connect'
  | 'read'
  | 'discover'
  | 'control'
  | 'sweep'
  | 'report'
  | 'log'
  | 'audit log'
  | 'unmute'
  | 'policy-files'
  | 'plan'
  | 'plans'
  | 'policy'
  | 'remove'
  | 'prune'

/** `parked`: tried too often; kept for a person. */
export const jobStates = ['queued', 'running', 'parked'] as const

export type JobState = (typeof jobStates)[number]

export interface NewJob {
  readonly kind: JobKind
  /** Null for work that is not yet any connection's. */
  readonly connectionId: number | null
  /** A queued job of the same key is the same work: asking again keeps one, at the earlier time. */
  readonly key: string
  /** Two jobs of one lock never run at once. */
  readonly lock: string
  readonly payload: unknown
  /** Not before, in milliseconds. */
  readonly runAt: number
}

export interface Job extends NewJob {
  readonly id: number
  /** How often it was started before this time. */
  readonly attempts: number
}
