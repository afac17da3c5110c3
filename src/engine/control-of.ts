import { controlTypes } from '../controls/index.ts'
import type { ControlType } from '../model/control-type.ts'
import type { PolicyPath, PolicyType } from '../model/policy.ts'

/** The controls that a policy decides of, the one that it belongs to first; none: it is the engine's. */
export const controlsOf = (path: PolicyPath): readonly ControlType[] =>
  controlTypes.filter(
    ({ policy, subPolicies }) =>
      policy.path === path || Object.values<PolicyType>(subPolicies).some((sub) => sub.path === path),
  )

/** The control that a policy belongs to; undefined: it is the engine's. */
export const controlOf = (path: PolicyPath): ControlType | undefined => controlsOf(path)[0]

/** The type of resource that a policy is asked of. */
export const targetOf = (path: PolicyPath): string => controlOf(path)?.target ?? 'GitHub > Organization'
