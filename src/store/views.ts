import { type Kysely, sql } from 'kysely'
import { inTransaction } from './in-transaction.ts'
import type { ViewedType } from './query/resource-tables.ts'
import { quoted, selectOf } from './query/shown-table.ts'
import { shownTables } from './query/shown-tables.ts'
import type { Database } from './tables.ts'

/**
 * A SQL view per resource type, and of what Guardpost knows besides, for people who open the file themselves. A view that
 * stands as it should is left alone, so that opening the store does not disturb those who have it open.
 */
export async function createViews(db: Kysely<Database>, types: readonly ViewedType[]): Promise<void> {
  const standing = await sql<{ sql: string }>`select sql from sqlite_master where type = 'view'`.execute(db)
  const known = new Set(standing.rows.map(({ sql }) => sql))
  const wanted = shownTables(types).map((table) => ({
    view: quoted(table.name),
    create: `CREATE VIEW ${quoted(table.name)} as ${selectOf(table)}`,
  }))
  const changed = wanted.filter(({ create }) => !known.has(create))
  if (changed.length === 0) return
  await inTransaction(db, async (db) => {
    for (const { view, create } of changed) {
      await sql.raw(`drop view if exists ${view}`).execute(db)
      await sql.raw(create).execute(db)
    }
  })
}
