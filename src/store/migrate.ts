import { type Kysely, Migrator, sql } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Database } from './tables.ts'

/** Brings the database to the newest shape, in one transaction. Throws where a newer Guardpost has written it. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations }) }
  await refuseNewer(db)
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}

/** Kysely's own words for this case (`corrupted migrations`) would send people looking for damage. */
async function refuseNewer(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const unknown = rows.map(({ name }) => name).filter((name) => !(name in migrations))
  if (unknown.length > 0)
    throw new Error(
      `The database was written by a newer Guardpost (it has ${unknown.join(', ')}, which this one does not know). ` +
        'Start that version or a newer one, or restore the backup made before the upgrade.',
    )
}
