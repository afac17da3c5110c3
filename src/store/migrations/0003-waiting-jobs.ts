import { type Kysely, sql } from 'kysely'

/** Whether a queued job waits for a limit of GitHub's; such a wait is no failure. */
const statements = [
  'alter table jobs add column waits integer not null default 0',
  "create index jobs_waiting on jobs (connection_id, run_at) where state = 'queued' and waits = 1",
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
