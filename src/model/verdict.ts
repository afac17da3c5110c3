import type { ControlState } from './control-state.ts'
import type { Diagnosis } from './diagnosis.ts'

/** One thing that was looked at, and what it says for the verdict. */
export interface Evidence {
  /** What was looked at, e.g. `Webhook URL`. */
  readonly about: string
  readonly found: string
  /** What the policy asks for, where that is not plain from `found`. */
  readonly wanted?: string
  readonly state: ControlState
  /** Differs at every look (a time of day): alone it is no reason to report again. */
  readonly volatile?: true
}

/** What a control says of its resource. */
export interface Verdict {
  readonly state: ControlState
  /** One line. */
  readonly reason: string
  readonly evidence: readonly Evidence[]
  readonly diagnoses: readonly Diagnosis[]
  /** Judge again at this time even if nothing is heard, in milliseconds. */
  readonly recheckAt?: number
}

type Details = Partial<Omit<Verdict, 'state' | 'reason'>>

const verdict =
  (state: ControlState) =>
  (reason: string, details: Details = {}): Verdict => ({ state, reason, evidence: [], diagnoses: [], ...details })

export const ok = verdict('ok')
export const alarm = verdict('alarm')
export const error = verdict('error')
export const invalid = verdict('invalid')
export const skipped = verdict('skipped')
export const tbd = verdict('tbd')
