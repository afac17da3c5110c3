import { type Kysely, sql } from 'kysely'

/** A state that changes moves in each index that holds states, and only the command line ever asked for this one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index controls_by_state`.execute(db)
}
