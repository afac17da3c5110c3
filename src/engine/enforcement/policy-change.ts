import type { PolicyType } from '../../model/policy.ts'
import type { Subject } from '../subject.ts'

/** Names the newest change of a policy that an enforcement follows: the control's own, or one of its sub-policies. */
export function policyChange({ control, answer }: Pick<Subject, 'control' | 'answer'>): string {
  const types = [control.policy, ...Object.values<PolicyType>(control.subPolicies)]
  return `${control.path}@${Math.max(...types.map((type) => answer(type).by?.at ?? 0))}`
}

/** The control's path, and when the policy was set; null: it is the default. */
export function readPolicyChange(change: string): { path: string; at: number | null } {
  const end = change.lastIndexOf('@')
  return { path: change.slice(0, end), at: Number(change.slice(end + 1)) || null }
}
