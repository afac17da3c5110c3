import type { ControlRecord } from '../model/control.ts'
import { type ControlState, stateLabel } from '../model/control-state.ts'
import type { NewActivity } from '../model/resource.ts'

/** That a control's state became another one. */
export const stateActivity = (
  before: ControlState,
  after: Pick<ControlRecord, 'connectionId' | 'resourceId' | 'path' | 'state' | 'reason' | 'since'>,
): NewActivity => ({
  connectionId: after.connectionId,
  resourceId: after.resourceId,
  kind: 'state',
  actor: 'guardpost',
  summary: `${after.path}: ${stateLabel[before]} → ${stateLabel[after.state]}: ${after.reason}`,
  changes: [{ field: 'state', before, after: after.state }],
  source: 'read',
  deliveryId: null,
  at: after.since,
})
