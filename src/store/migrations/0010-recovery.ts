import { type Kysely, sql } from 'kysely'

/** What reading lost deliveries back takes: what each was about, which GitHub no longer shows, and how far the log is whole. */
const statements = [
  `alter table delivery_log add column repository_id integer`,
  `alter table delivery_log add column unreadable text`,
  `alter table delivery_log_readings add column whole_at integer`,
  `create index deliveries_read_back on deliveries (hook_id, status) where source = 'log'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
