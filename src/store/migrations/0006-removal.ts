import { type Kysely, sql } from 'kysely'

/**
 * How far a removal has come stands on the connection's own row, the only one that outlives it. Where reports ever went is
 * kept apart from the newest one of each, so that none is left behind in a repository that reports no longer go to.
 */
const statements = [
  `alter table connections add column removal text`,
  `update connections set status = 'uninstalled' where status = 'removed'`,
  `create table report_places (
    connection_id integer not null references connections (id),
    kind text not null,
    repository_node_id text not null,
    primary key (connection_id, kind, repository_node_id)) without rowid`,
  `insert into report_places select distinct connection_id, kind, repository_node_id from reports`,
  `create index jobs_by_connection on jobs (connection_id) where connection_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
