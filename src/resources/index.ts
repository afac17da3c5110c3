import type { ResourceType } from '../model/resource-type.ts'
import { blockedUsers } from './blocked-users.ts'
import { connection } from './connection.ts'
import { organization } from './organization.ts'
import { repository } from './repository.ts'

/** Every resource type Guardpost knows. */
export const resourceTypes = [organization, connection, blockedUsers, repository] as unknown as readonly ResourceType[]
