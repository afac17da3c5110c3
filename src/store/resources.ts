import { type Kysely, sql } from 'kysely'
import type { Resource } from '../model/resource.ts'
import type { OrderFilter, ResourceFilter, ResourceStore, ResourceWrite } from '../model/resource-store.ts'
import { activities } from './activities.ts'
import { amongTexts } from './among.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Row } from './tables.ts'
import { keepVersion, type QuietFields, resourcesAsOf, versionsOf } from './versions.ts'

export function resources(db: Kysely<Database>, quiet: QuietFields): ResourceStore {
  const ofConnection = (connectionId: number) =>
    db.selectFrom('resources').selectAll().where('connectionId', '=', connectionId)
  return {
    get: async (connectionId, id) => found(await ofConnection(connectionId).where('id', '=', id).executeTakeFirst()),
    byNodeId: async (connectionId, type, nodeId) => {
      const query = ofConnection(connectionId).where('type', '=', type).where('nodeId', '=', nodeId)
      return found(await query.executeTakeFirst())
    },
    byNodeIds: async (connectionId, type, nodeIds) => {
      const query = ofConnection(connectionId).where('type', '=', type).where('nodeId', 'in', amongTexts(nodeIds))
      return (await query.execute()).map(toResource)
    },
    byDatabaseId: async (connectionId, type, databaseId) => {
      const query = ofConnection(connectionId).where('type', '=', type)
      return found(await query.where(sql`data ->> 'databaseId'`, '=', databaseId).executeTakeFirst())
    },
    byTitle: async (connectionId, type, title) => {
      // Ordered here: for the sake of an order SQLite would go through all of the type by age, instead of by title.
      const live = ofConnection(connectionId).where('type', '=', type).where('goneAt', 'is', null)
      const named = await live.where('title', '=', title).execute()
      return found(named.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || b.id - a.id)[0])
    },
    list: async (connectionId, filter = {}) => (await listing(db, connectionId, filter).execute()).map(toResource),
    inOrder: async (connectionId, type, filter) =>
      (await inOrder(db, connectionId, type, filter).execute()).map(toResource),
    write: (connectionId, written, now) => inTransaction(db, (db) => write(db, connectionId, written, now)),
    notSeenSince: (connectionId, type, time) =>
      db
        .selectFrom('resources')
        .leftJoin('resources as parent', 'parent.id', 'resources.parentId')
        .select(['resources.nodeId', 'parent.nodeId as parentNodeId', 'parent.type as parentType'])
        .where('resources.connectionId', '=', connectionId)
        .where('resources.type', '=', type)
        .where('resources.goneAt', 'is', null)
        .where('resources.lastSeenAt', '<', time)
        .orderBy('resources.lastSeenAt')
        .orderBy('resources.id')
        .execute(),
    ancestry: (connectionId, id) => ancestry(db, connectionId, id),
    changedAt: (connectionId, ids) => changedAt(db, connectionId, ids),
    versions: (connectionId, id) => versionsOf(db, quiet, connectionId, id),
    asOf: (connectionId, time, filter = {}) => resourcesAsOf(db, quiet, connectionId, time, filter),
  }
}

/** One look at the primary key for each: for the sake of the greatest of all SQLite would go through all by age. */
async function changedAt(db: Kysely<Database>, connectionId: number, ids: readonly number[]): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select max((select at from versions where connection_id = ${connectionId} and resource_id = ids.value
      order by version desc limit 1)) as at from json_each(${JSON.stringify(ids)}) as ids`.execute(db)
  return rows[0]?.at ?? null
}

/** Each step up is one look at the primary key. */
async function ancestry(db: Kysely<Database>, connectionId: number, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive above (id, parent_id, height) as (
      select id, parent_id, 0 from resources where connection_id = ${connectionId} and id = ${id}
      union all
      select parent.id, parent.parent_id, above.height + 1 from above
      inner join resources as parent on parent.id = above.parent_id and parent.connection_id = ${connectionId})
    select id from above order by height`.execute(db)
  return rows.map((row) => row.id)
}

function listing(db: Kysely<Database>, connectionId: number, filter: ResourceFilter) {
  const { type, parentId, gone, after, limit } = filter
  let query = db.selectFrom('resources').selectAll().where('connectionId', '=', connectionId)
  if (type !== undefined) query = query.where('type', '=', type)
  if (parentId !== undefined) query = query.where('parentId', '=', parentId)
  if (gone !== undefined) query = query.where('goneAt', gone ? 'is not' : 'is', null)
  if (after)
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('title', 'id'), '>', tuple(after.title, after.id)))
  if (limit !== undefined) query = query.limit(limit)
  return query.orderBy('title').orderBy('id')
}

function inOrder(
  db: Kysely<Database>,
  connectionId: number,
  type: string,
  { afterId, limit, parentId, unjudged }: OrderFilter,
) {
  let query = db.selectFrom('resources').selectAll().where('connectionId', '=', connectionId).where('type', '=', type)
  query = query.where('goneAt', 'is', null).where('id', '>', afterId).orderBy('id').limit(limit)
  if (parentId !== undefined) query = query.where('parentId', '=', parentId)
  const judged = sql<boolean>`exists (select 1 from controls where controls.connection_id = resources.connection_id
    and controls.resource_id = resources.id and controls.removed_at is null)`
  return unjudged ? query.where(({ not }) => not(judged)) : query
}

async function write(
  db: Kysely<Database>,
  connectionId: number,
  { resource, activity }: ResourceWrite,
  now: number,
): Promise<Resource> {
  const { createdAt, ...row } = toRow(connectionId, resource, now)
  const stored = await db
    .insertInto('resources')
    .values({ ...row, createdAt })
    .onConflict((conflict) => conflict.columns(['connectionId', 'type', 'nodeId']).doUpdateSet(row))
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepVersion(db, stored, now)
  await retitleControls(db, stored)
  if (activity) await activities(db).add({ ...activity, connectionId, resourceId: stored.id })
  return toResource(stored)
}

/** Lists of controls are in the order of their resources' titles. */
async function retitleControls(db: Kysely<Database>, { connectionId, id, title }: Row<'resources'>): Promise<void> {
  await db
    .updateTable('controls')
    .set({ title })
    .where('connectionId', '=', connectionId)
    .where('resourceId', '=', id)
    .where('title', '!=', title)
    .execute()
}

/** The row belongs to the connection that is named, whatever the resource says of itself. */
const toRow = (connectionId: number, resource: ResourceWrite['resource'], now: number) => ({
  connectionId,
  type: resource.type,
  nodeId: resource.nodeId,
  parentId: resource.parentId,
  title: resource.title,
  data: JSON.stringify(resource.data),
  sightings: JSON.stringify(resource.sightings),
  revision: resource.revision,
  version: resource.version,
  createdAt: now,
  lastSeenSource: resource.lastSeen.source,
  lastSeenAt: resource.lastSeen.at,
  readAt: resource.readAt,
  refusal: resource.refusal && JSON.stringify(resource.refusal),
  goneAt: resource.goneAt,
  goneReason: resource.goneReason,
})

const found = (row: Row<'resources'> | undefined): Resource | null => (row ? toResource(row) : null)

/** Sightings are half of what is kept, and seldom looked at. */
export function toResource({ lastSeenSource, lastSeenAt, sightings, ...row }: Row<'resources'>): Resource {
  let seen: Resource['sightings'] | null = null
  return {
    ...row,
    data: JSON.parse(row.data),
    get sightings() {
      seen ??= JSON.parse(sightings) as Resource['sightings']
      return seen
    },
    lastSeen: { source: lastSeenSource, at: lastSeenAt },
    refusal: row.refusal === null ? null : JSON.parse(row.refusal),
  }
}
