import type { ReviewRule } from '../../../model/policy-file.ts'
import type { Evidence } from '../../../model/verdict.ts'

/**
 * Whether nothing gets onto the branch that nobody approved: one rule that asks for it and that nobody gets around is
 * enough. What GitHub does not tell is no rule.
 */
export const isReviewed = (rules: readonly ReviewRule[]): boolean =>
  rules.some(({ approvals, isBypassed }) => approvals > 0 && isBypassed === false)

/** Why it is not so, as the end of a sentence. */
export function whyNotReviewed(rules: readonly ReviewRule[]): string {
  const unknown = rules.find(({ isBypassed }) => isBypassed === null)
  if (unknown) return `it is not known whether every change is reviewed (${unknown.by}: ${unknown.why})`
  const bypassed = rules.find(({ approvals, isBypassed }) => approvals > 0 && isBypassed)
  if (bypassed) return `reviews can be got around (${bypassed.by}: ${bypassed.why})`
  return 'nothing asks for a review before the branch changes'
}

export const evidenceOf = (rules: readonly ReviewRule[]): Evidence[] =>
  rules.map((rule) => ({
    about: rule.by,
    found: `${rule.approvals} approvals, ${rule.why ?? 'nobody gets around it'}`,
    wanted: 'at least 1 approval, and nobody gets around it',
    state: isReviewed([rule]) ? 'ok' : rule.isBypassed === null ? 'tbd' : 'alarm',
  }))
