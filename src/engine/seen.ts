import type { EvaluateInput } from '../model/control-type.ts'
import type { Verdict } from '../model/verdict.ts'

/** What a control judged by, and what it says. */
export interface Seen {
  readonly input: EvaluateInput<never, never, never>
  readonly verdict: Verdict
}
