import type { Source } from '../model/resource.ts'
import type { Cause } from './jobs.ts'

/** How an observation was come by. `at`, in milliseconds: when it was asked for, or when the event came. */
export interface Sighted {
  readonly source: Source
  readonly at: number
  readonly cause: Cause
  /** The very same body came before under another GUID: it proves nothing about now. */
  readonly isReplay?: boolean
}
