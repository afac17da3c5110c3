import { type Kysely, sql } from 'kysely'

/**
 * GitHub's ids of attempts are 64-bit integers, of which JSON in JavaScript keeps 53 bits: with the GUID a row stays one
 * of its kind whatever is rounded. Rows belong to a hook, not to a connection: the App's log is everybody's.
 */
const statements = [
  `create table delivery_log (
    hook_id text not null,
    github_id integer not null,
    guid text not null,
    delivered_at integer not null,
    status text not null,
    status_code integer not null,
    event text not null,
    action text,
    installation_id integer,
    throttled_at integer,
    redelivery integer not null,
    primary key (hook_id, github_id, guid)) without rowid`,
  `create index delivery_log_by_installation on delivery_log (hook_id, installation_id, delivered_at, github_id)`,
  `create index delivery_log_by_age on delivery_log (hook_id, delivered_at)`,
  `create table delivery_log_readings (
    hook_id text primary key,
    read_at integer not null,
    watermark integer,
    rest text,
    refusal text) without rowid`,
  `create index deliveries_by_connection on deliveries (connection_id, hook_id, received_at)
    where connection_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
