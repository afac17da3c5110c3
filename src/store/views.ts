import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Field, ResourceType } from '../model/resource-type.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './tables.ts'

/** What a view needs to know of a resource type. */
export type ViewedType = Pick<ResourceType, 'type' | 'view' | 'fields'>

/**
 * One SQL view per resource type, for people who ask in SQL: the live resources with a column per field. A view that
 * stands as it should is left alone, so that opening the store does not disturb those who have it open.
 */
export async function createViews(db: Kysely<Database>, types: readonly ViewedType[]): Promise<void> {
  const standing = await sql<{ sql: string }>`select sql from sqlite_master where type = 'view'`.execute(db)
  const known = new Set(standing.rows.map(({ sql }) => sql))
  const wanted = types.map((type) => ({ view: type.view, create: createView(type) }))
  const changed = wanted.filter(({ create }) => !known.has(create.compile(db).sql))
  if (changed.length === 0) return
  await inTransaction(db, async (db) => {
    for (const { view, create } of changed) {
      await sql`drop view if exists ${sql.id(view)}`.execute(db)
      await create.execute(db)
    }
  })
}

const fixedBefore = ['connection_id', 'id', 'node_id', 'title']
const fixedAfter = ['last_seen_at', 'version']

function createView({ type, view, fields }: ViewedType): RawBuilder<unknown> {
  const columns = Object.entries(fields).map(([name, field]) => column(view, name, field))
  const lastSeenAt = sql`strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at / 1000.0, 'unixepoch') as "last_seen_at"`
  const all = [...fixedBefore.map((name) => sql.id(name)), ...columns, lastSeenAt, sql.id('version')]
  return sql`CREATE VIEW ${sql.id(view)} as select ${sql.join(all)} from "resources" where "type" = ${sql.lit(type)} and "gone_at" is null`
}

function column(view: string, name: string, field: Field): RawBuilder<unknown> {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if ([...fixedBefore, ...fixedAfter].includes(snake))
    throw new Error(
      `The field ${name} would hide the column ${snake} that every view has: name it otherwise (${view}).`,
    )
  return sql`${value(sql.lit(`$."${name}"`), field)} as ${sql.id(snake)}`
}

/** `json_extract` gives the text of a JSON string and 1 or 0 for true or false; `->` gives JSON, whatever it is. */
const value = (path: RawBuilder<unknown>, field: Field): RawBuilder<unknown> =>
  field.kind === 'json' ? sql`nullif("data" -> ${path}, 'null')` : sql`json_extract("data", ${path})`
