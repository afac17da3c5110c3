import type { PolicyAnswer } from '../model/policy.ts'

/** `Skip`: do not run. `Check`: judge. `Enforce`: judge, change GitHub, read back, judge again. */
export type Mode = 'Skip' | 'Check' | 'Enforce'

/** `Enforce: Enabled` → mode `Enforce`, wanted `Enabled`. Null: not an answer a control can act on. */
export function parseMode(answer: PolicyAnswer): { mode: Mode; wanted: string } | null {
  if (answer === 'Skip') return { mode: 'Skip', wanted: '' }
  const [, mode, wanted] = (typeof answer === 'string' && /^(Check|Enforce): (\S(?:.*\S)?)$/.exec(answer)) || []
  return mode && wanted ? { mode: mode as Mode, wanted } : null
}
