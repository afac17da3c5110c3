import { controlTypes } from '../controls/index.ts'
import type { ControlType } from '../model/control-type.ts'
import type { PolicyPath, PolicyType } from '../model/policy.ts'

/** The control that a policy belongs to; undefined: it is the engine's. */
export const controlOf = (path: PolicyPath): ControlType | undefined =>
  controlTypes.find(
    ({ policy, subPolicies }) =>
      policy.path === path || Object.values<PolicyType>(subPolicies).some((sub) => sub.path === path),
  )

/** The type of resource that a policy is asked of. */
export const targetOf = (path: PolicyPath): string => controlOf(path)?.target ?? 'GitHub > Organization'
