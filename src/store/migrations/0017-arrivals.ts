import { type Kysely, sql } from 'kysely'

/** What was kept and waits to be entered: so whoever sends it does not wait for indexes that are written all over. */
const arrivals = sql`create table arrivals (
  id integer primary key references bundles (id),
  size integer not null,
  received_at integer not null,
  heads text not null)`

export async function up(db: Kysely<unknown>): Promise<void> {
  await arrivals.execute(db)
}
