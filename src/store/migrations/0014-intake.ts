import { type Kysely, sql } from 'kysely'

/** Bodies that are kept by one commit are compressed together. One that was kept before is a bundle of its own. */
const statements = [
  `create table bundles (
    id integer primary key,
    last_id integer not null,
    received_at integer not null,
    pieces text not null,
    body blob not null)`,
  `insert into bundles (id, last_id, received_at, pieces, body)
    select deliveries.id, deliveries.id, deliveries.received_at, json_array(json_array(deliveries.id, 0)), payloads.body
    from payloads join deliveries on deliveries.id = payloads.delivery_id`,
  `drop table payloads`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
