import { type Kysely, sql } from 'kysely'

/** The newest pass over all resources of each type. */
const statements = [
  `create table discoveries (
    connection_id integer not null references connections (id),
    type text not null,
    why text not null,
    started_at integer not null,
    ended_at integer,
    completed_at integer,
    count integer not null,
    total integer,
    next text,
    requests integer not null,
    refusal text,
    primary key (connection_id, type)
  ) without rowid`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
