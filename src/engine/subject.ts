import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { PolicyType } from '../model/policy.ts'
import type { PolicyValue } from '../model/policy-pack.ts'
import type { Resource } from '../model/resource.ts'

/** One run: its control, its resource, and what the policies answer for it. */
export interface Subject {
  readonly connection: Connection
  readonly control: ControlType
  readonly resource: Resource
  /** As set when the run began. */
  answer(policy: PolicyType): PolicyValue
}
