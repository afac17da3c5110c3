import type { Diagnosis } from './diagnosis.ts'

/** How the newest pass over all resources of one type stands. Times in milliseconds. */
export interface Discovery {
  readonly connectionId: number
  readonly type: string
  readonly why: string
  readonly startedAt: number
  /** Null while it goes on. */
  readonly endedAt: number | null
  /** When a pass last came to its end with nothing left out; null before the first. */
  readonly completedAt: number | null
  /** How many were gone through, and of how many; null where GitHub does not say. */
  readonly count: number
  readonly total: number | null
  /** Where the next page begins; null at the start, and at the end. */
  readonly next: string | null
  /** Calls to GitHub so far. */
  readonly requests: number
  /** Why nothing more of this type is known; null where nothing was refused. */
  readonly refusal: Diagnosis | null
}
