import { zstdDecompressSync } from 'node:zlib'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { connect } from '../../src/store/sqlite.ts'

type Rows = Record<string, Record<string, unknown>[]>

/** Every row of every table, as it stands in the file; bodies as text. */
export async function allRows(file: string): Promise<Rows> {
  const db = connect(file)
  const { rows: tables } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`.execute(db)
  const rows: Rows = {}
  for (const { name } of tables)
    rows[name] = (await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)).rows
  await db.destroy()
  for (const bundle of rows.bundles ?? []) bundle.body = zstdDecompressSync(bundle.body as Buffer).toString()
  return rows
}

/** Those of one connection, table by table; only of tables that have any. */
export const rowsOf = (rows: Rows, connectionId: number): Rows =>
  Object.fromEntries(
    Object.entries(rows)
      .map(([table, all]) => [table, all.filter((row) => row.connectionId === connectionId)] as const)
      .filter(([, own]) => own.length > 0),
  )

/** What the database answers to one query. */
export function queried(file: string, query: string): unknown[][] {
  const database = new BetterSqlite3(file, { readonly: true })
  try {
    return database.prepare(query).raw().all() as unknown[][]
  } finally {
    database.close()
  }
}
