import type { ControlType } from '../../model/control-type.ts'
import type { FieldChange } from '../../model/resource.ts'
import type { Verdict } from '../../model/verdict.ts'

/** What would be different, as the verdict names it: what is found wanting, and what is asked for instead. */
export function intendedChanges({ path }: Pick<ControlType, 'path'>, verdict: Verdict, wanted: string): FieldChange[] {
  const named = verdict.evidence.flatMap((seen) =>
    seen.state === 'alarm' && seen.wanted !== undefined
      ? [{ field: seen.about, before: seen.found, after: seen.wanted }]
      : [],
  )
  const whole = { field: path.slice(path.lastIndexOf(' > ') + 3), before: verdict.reason, after: wanted }
  return named.length > 0 ? named : [whole]
}
