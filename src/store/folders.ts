import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Folder, rootFolderId } from '../model/folder.ts'
import type { FolderStore } from '../model/policy-store.ts'
import type { Database } from './tables.ts'

export function folders(db: Kysely<Database>): FolderStore {
  const all = () => db.selectFrom('folders').selectAll()
  return {
    list: () => all().orderBy('title').orderBy('id').execute(),
    get: async (id) => (await all().where('id', '=', id).executeTakeFirst()) ?? null,
    make: async (folder, now) => {
      if (await sibling(db, folder, 0)) return null
      const made = db.insertInto('folders').values({ ...folder, createdAt: now })
      return made.returningAll().executeTakeFirstOrThrow()
    },
    change: async (id, folder) => {
      if (await sibling(db, folder, id)) return false
      await db.updateTable('folders').set(folder).where('id', '=', id).execute()
      return true
    },
    remove: async (id) => {
      await db.deleteFrom('folders').where('id', '=', id).execute()
    },
    of: (connectionId) => folderOf(db, connectionId),
    put: async (connectionId, folderId) => {
      await db.updateTable('connections').set({ folderId }).where('id', '=', connectionId).execute()
    },
    connections: async (folderId) => {
      const { rows } = await sql<{ id: number }>`
        select id from connections where ${isIn(folderId)} order by id`.execute(db)
      return rows.map(({ id }) => id)
    },
    organizations: async (folderId) => {
      const { rows } = await sql<{ connectionId: number; resourceId: number }>`
        select connections.id as connection_id, resources.id as resource_id from connections
        inner join resources on resources.connection_id = connections.id and resources.type = 'GitHub > Organization'
          and resources.node_id = connections.organization_node_id
        where ${isIn(folderId)} order by connections.id`.execute(db)
      return rows
    },
  }
}

/** Whether a connection is in a folder, or in one below it. */
const isIn = (folderId: number) => sql`coalesce(connections.folder_id, ${rootFolderId}) in (
  with recursive below (id) as (
    select id from folders where id = ${folderId}
    union all
    select folders.id from folders inner join below on folders.parent_id = below.id)
  select id from below)`

/** Another folder of that title under the same parent. */
function sibling(db: Kysely<Database>, { parentId, title }: Pick<Folder, 'parentId' | 'title'>, id: number) {
  const named = db.selectFrom('folders').select('id').where('title', '=', title).where('id', '<>', id)
  return named.where('parentId', 'is', parentId).executeTakeFirst()
}

async function folderOf(db: Kysely<Database>, connectionId: number): Promise<number> {
  const row = await db.selectFrom('connections').select('folderId').where('id', '=', connectionId).executeTakeFirst()
  return row?.folderId ?? rootFolderId
}

/** A folder and those above it, nearest first. */
export async function foldersFrom(db: Kysely<Database>, id: number | RawBuilder<unknown>): Promise<Folder[]> {
  const { rows } = await sql<Folder>`
    with recursive above (id, parent_id, title, created_at, height) as (
      select id, parent_id, title, created_at, 0 from folders where id = ${id}
      union all
      select parent.id, parent.parent_id, parent.title, parent.created_at, above.height + 1 from above
      inner join folders as parent on parent.id = above.parent_id)
    select id, parent_id, title, created_at from above order by height`.execute(db)
  return rows
}

/** The folder of an organization and those above it, nearest first. */
export const foldersAbove = (db: Kysely<Database>, connectionId: number): Promise<Folder[]> =>
  foldersFrom(db, sql`(select coalesce(folder_id, ${rootFolderId}) from connections where id = ${connectionId})`)
