import { type Kysely, sql } from 'kysely'

/**
 * A sweep goes through the resources of a type by id, and writes a control only where it comes to something else than
 * before: so the value that was asked for stands with the state. Null: judged before that was kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table controls add column value text`.execute(db)
  await sql`create index resources_in_order on resources (connection_id, type, id) where gone_at is null`.execute(db)
}
