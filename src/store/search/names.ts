import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { ResourceName } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { allOf, isAny, type Reach, within } from './reach.ts'

export const ofResources = { connectionId: 'resources.connectionId', resourceId: 'resources.id' }

/** The names of those resources that are within reach. */
export function namesOf(db: Kysely<Database>, reach: Reach, ids: readonly number[]): Promise<ResourceName[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('resources')
    .select(['id', 'connectionId', 'type', 'title'])
    .where(allOf([within(reach, ofResources), isAny(sql.ref('resources.id'), [...new Set(ids)])]))
    .execute()
}
