import { type Kysely, sql } from 'kysely'

/** What changed between two moments is read from the newest change to the oldest, page by page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index versions_newest on versions (connection_id, at)`.execute(db)
}
