import { type Kysely, sql } from 'kysely'
import type { PastResource, Version } from '../model/resource.ts'
import type { PastFilter } from '../model/resource-store.ts'
import type { Database, Row } from './tables.ts'

/** Fields of a type that make no version: what a version holds of them is of no particular moment. */
export type QuietFields = (type: string) => readonly string[]

/** Keeps a resource's version, once. A version never seems older than the one that it follows, whatever the clock says. */
export async function keepVersion(db: Kysely<Database>, resource: Row<'resources'>, now: number): Promise<void> {
  const { connectionId, id, version, data, title, parentId, revision, goneAt, goneReason } = resource
  const before = db
    .selectFrom('versions')
    .select('versions.at')
    .where('connectionId', '=', connectionId)
    .where('resourceId', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
  const at = sql<number>`max(${now}, coalesce(${before}, 0))`
  await db
    .insertInto('versions')
    .values({ connectionId, resourceId: id, version, data, at, title, parentId, revision, goneAt, goneReason })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Oldest first. */
export async function versionsOf(
  db: Kysely<Database>,
  quiet: QuietFields,
  connectionId: number,
  resourceId: number,
): Promise<Version[]> {
  const rows = await db
    .selectFrom('versions')
    .innerJoin('resources', (join) =>
      join.onRef('resources.connectionId', '=', 'versions.connectionId').onRef('resources.id', '=', 'resourceId'),
    )
    .selectAll('versions')
    .select('resources.type')
    .where('versions.connectionId', '=', connectionId)
    .where('resourceId', '=', resourceId)
    .orderBy('versions.version')
    .execute()
  return rows.map((row) => toVersion(row, quiet))
}

export async function resourcesAsOf(
  db: Kysely<Database>,
  quiet: QuietFields,
  connectionId: number,
  time: number,
  { ids, type, title, parentId, gone, after, limit }: PastFilter,
): Promise<PastResource[]> {
  let query = db
    .selectFrom('resources')
    .innerJoin('versions', (join) =>
      join
        // From each resource to its one version: the other way round all of its versions would be looked at.
        .on('versions.connectionId', '=', sql`+${sql.ref('resources.connectionId')}`)
        .on('versions.resourceId', '=', sql`+${sql.ref('resources.id')}`)
        .on('versions.version', '=', knownBy(time)),
    )
    .selectAll('versions')
    .select(['resources.type', 'resources.nodeId'])
    .where('resources.connectionId', '=', connectionId)
  if (ids !== undefined) query = query.where('resources.id', 'in', ids)
  if (type !== undefined) query = query.where('type', '=', type)
  if (title !== undefined) query = query.where('versions.title', '=', title)
  if (parentId !== undefined) query = query.where('versions.parentId', '=', parentId)
  if (gone !== undefined) query = query.where('versions.goneAt', gone ? 'is not' : 'is', null)
  if (after)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('versions.title', 'resourceId'), '>', tuple(after.title, after.id)),
    )
  if (limit !== undefined) query = query.limit(limit)
  const rows = await query.orderBy('versions.title').orderBy('resourceId').execute()
  return rows.map((row) => toPast(row, quiet))
}

/**
 * The number of the version that a row of `resources` was at, looked for from its newest on. The plus keeps SQLite from going
 * by the index of all versions’ ages.
 */
export const knownBy = (time: number) => sql<number>`(
  select version from versions as known
  where known.connection_id = resources.connection_id and known.resource_id = resources.id and +known.at <= ${time}
  order by known.version desc limit 1)`

export const toPast = (
  row: Row<'versions'> & Pick<Row<'resources'>, 'type' | 'nodeId'>,
  quiet: QuietFields,
): PastResource => ({
  id: row.resourceId,
  connectionId: row.connectionId,
  type: row.type,
  nodeId: row.nodeId,
  ...toVersion(row, quiet),
})

function toVersion(row: Row<'versions'> & { type: string }, quiet: QuietFields): Version {
  const { version, at, revision, title, parentId, goneAt, goneReason } = row
  const data = JSON.parse(row.data) as Record<string, Version['data'][string]>
  for (const field of quiet(row.type)) delete data[field]
  return { version, at, revision, title, parentId, data, goneAt, goneReason }
}
