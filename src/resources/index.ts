import type { ResourceType } from '../model/resource-type.ts'
import { connection } from './connection.ts'
import { organization } from './organization.ts'
import { repository } from './repository.ts'

/** Every resource type Guardpost knows. */
export const resourceTypes = [organization, connection, repository] as unknown as readonly ResourceType[]
