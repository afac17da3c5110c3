import type { Hold } from '../../model/enforcement.ts'
import type { Verdict } from '../../model/verdict.ts'

/** What there is to do about it, where something can be done. */
const remedies: Readonly<Partial<Record<Hold['kind'], string>>> = {
  stopped: '`guardpost enforcement resume` lets it go on.',
  'first-plan': '`guardpost enforcement plan` shows it, `guardpost enforcement confirm` confirms it.',
  'policy-change-cap': '`guardpost enforcement release` releases them.',
  'hour-cap': '`guardpost enforcement release` does not wait.',
}

/** It stays as it was judged, and says besides why nothing is done about it, until when, and what a person can do. */
export function heldVerdict(verdict: Verdict, { kind, reason, until }: Hold): Verdict {
  const end = until === null ? '' : ` It goes on at ${new Date(until).toISOString()}.`
  const remedy = remedies[kind]
  return { ...verdict, reason: `${verdict.reason} Enforcement waits: ${reason}${end}${remedy ? ` ${remedy}` : ''}` }
}
