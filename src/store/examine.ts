import { stat } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import type { StoreExamination } from '../model/store.ts'
import type { Database } from './tables.ts'

/** SQLite's own check of every table and index (all of it is read), and how large it is. */
export async function examine(db: Kysely<Database>): Promise<StoreExamination> {
  const checked = await sql<{ quickCheck: string }>`pragma quick_check(20)`.execute(db)
  const said = checked.rows.map((row) => row.quickCheck)
  const files = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(db)
  const file = files.rows[0]?.file ?? ''
  const migrated = await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(db)
  const version = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
  return {
    damage: said.filter((line) => line !== 'ok'),
    bytes: await bytesOf(file),
    logBytes: file ? ((await bytesOf(`${file}-wal`)) ?? 0) : null,
    shape: migrated.rows[0]?.name ?? '',
    engine: `SQLite ${version.rows[0]?.version ?? ''}`,
  }
}

const bytesOf = async (file: string): Promise<number | null> =>
  file
    ? stat(file).then(
        ({ size }) => size,
        () => null,
      )
    : null
