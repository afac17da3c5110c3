/** What is known of a control. Unknown is never a pass: a fact GitHub did not give leaves a control `tbd`. */
export const controlStates = ['ok', 'alarm', 'error', 'invalid', 'skipped', 'tbd'] as const

export type ControlState = (typeof controlStates)[number]

/** The order in which people look at them. */
export const worstFirst: readonly ControlState[] = ['error', 'alarm', 'invalid', 'tbd', 'skipped', 'ok']

/** The word people read. */
export const stateLabel: Readonly<Record<ControlState, string>> = {
  ok: 'OK',
  alarm: 'Alarm',
  error: 'Error',
  invalid: 'Invalid',
  skipped: 'Skipped',
  tbd: 'TBD',
}
