import type { Kysely } from 'kysely'
import type { Resource } from '../model/resource.ts'
import type { Database, Row } from './tables.ts'

/** Keeps the data of a resource's version, once. */
export async function keepVersion(db: Kysely<Database>, resource: Row<'resources'>, at: number): Promise<void> {
  const { connectionId, id, version, data } = resource
  await db
    .insertInto('versions')
    .values({ connectionId, resourceId: id, version, data, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Oldest first. */
export async function versionsOf(
  db: Kysely<Database>,
  connectionId: number,
  resourceId: number,
): Promise<{ version: number; data: Resource['data']; at: number }[]> {
  const rows = await db
    .selectFrom('versions')
    .select(['version', 'data', 'at'])
    .where('connectionId', '=', connectionId)
    .where('resourceId', '=', resourceId)
    .orderBy('version')
    .execute()
  return rows.map(({ version, data, at }) => ({ version, data: JSON.parse(data), at }))
}
