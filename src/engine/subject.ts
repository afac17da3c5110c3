import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { Resource } from '../model/resource.ts'

/** One run: its control, its resource, and the policy's answer. */
export interface Subject {
  readonly connection: Connection
  readonly control: ControlType
  readonly resource: Resource
}
