import type { ReportedControl } from '../engine/controls-report/gather.ts'
import { type ControlState, stateLabel, worstFirst } from '../model/control-state.ts'
import type { Unfinished } from './guard-once.ts'

/** What a run comes to. Muted controls are not counted, and fail nothing. */
export interface Outcome {
  readonly counts: Readonly<Record<ControlState, number>>
  /** The worst of those that were not skipped. */
  readonly state: ControlState
  /** Why the job fails; null: it passes. */
  readonly failure: string | null
}

export function outcomeOf(
  controls: readonly ReportedControl[],
  unfinished: readonly Unfinished[],
  failOn: readonly ControlState[],
): Outcome {
  const seen = controls.filter(({ mute }) => mute === null)
  const count = (state: ControlState) => seen.filter((control) => control.state === state).length
  const counts = Object.fromEntries(worstFirst.map((state) => [state, count(state)])) as Outcome['counts']
  const failing = worstFirst.filter((state) => failOn.includes(state) && counts[state] > 0)
  const state = worstFirst.find((each) => each !== 'skipped' && counts[each] > 0) ?? 'skipped'
  return { counts, state, failure: failureOf(failing, counts, unfinished, seen.length) }
}

function failureOf(
  failing: readonly ControlState[],
  counts: Outcome['counts'],
  unfinished: readonly Unfinished[],
  seen: number,
): string | null {
  if (unfinished.length > 0)
    return `Not all could be read in the time there was (${unfinished.length} left): ${unfinished[0]?.why}`
  if (seen === 0) return 'No control was judged.'
  if (failing.length === 0) return null
  return `${failing.map((state) => `${counts[state]} ${stateLabel[state]}`).join(', ')}: the summary of this run says more.`
}
