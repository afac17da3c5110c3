import { controlTypes } from '../controls/index.ts'
import type { PolicyType } from '../model/policy.ts'
import { enforcementPolicies } from './enforcement.ts'
import { publicDetail, reportingRepository } from './reporting.ts'

/** Every policy type Guardpost knows, by path: each control's own, its sub-policies, and the engine's. */
export const policyTypes: ReadonlyMap<string, PolicyType> = new Map(
  [
    ...controlTypes.flatMap(({ policy, subPolicies }) => [policy, ...Object.values<PolicyType>(subPolicies)]),
    reportingRepository,
    publicDetail,
    ...enforcementPolicies,
  ].map((type) => [type.path, type]),
)
