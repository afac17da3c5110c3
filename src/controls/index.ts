import type { ControlType } from '../model/control-type.ts'
import { organizationBlockedUsers } from './organization/blocked-users.ts'
import { organizationCmdb } from './organization/cmdb.ts'
import { eventHandlers } from './organization/event-handlers.ts'
import { repositoryCmdb } from './repository/cmdb.ts'

/** Every control Guardpost knows. */
export const controlTypes = [
  organizationCmdb,
  eventHandlers,
  organizationBlockedUsers,
  repositoryCmdb,
] as unknown as readonly ControlType[]
