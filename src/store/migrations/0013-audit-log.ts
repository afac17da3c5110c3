import { type Kysely, sql } from 'kysely'

/** How far the audit log of each organization was read. */
const statements = [
  `create table audit_log_readings (
    connection_id integer primary key references connections (id),
    read_at integer not null,
    watermark integer not null,
    next text,
    seen text not null,
    refusal text
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
