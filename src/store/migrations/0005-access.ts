import { type Kysely, sql } from 'kysely'

/**
 * Of people from GitHub the id there is what stays: a login may pass on to somebody else, so it is unique only among those
 * who have not signed in yet. A grant goes with the resource it was given at.
 */
const statements = [
  `create table people (
    id integer primary key autoincrement,
    kind text not null,
    login text not null collate nocase,
    github_id integer unique,
    password text,
    must_change_password integer not null,
    created_at integer not null,
    last_seen_at integer)`,
  `create unique index people_by_login on people (kind, login) where github_id is null`,
  `create index people_by_name on people (kind, login)`,

  `create table sessions (
    id integer primary key autoincrement,
    hash blob not null unique,
    person_id integer not null references people (id) on delete cascade,
    address text not null,
    user_agent text not null,
    started_at integer not null,
    last_seen_at integer not null,
    expires_at integer not null)`,
  `create index sessions_by_person on sessions (person_id, id)`,

  `create table grants (
    id integer primary key autoincrement,
    person_id integer not null references people (id) on delete cascade,
    connection_id integer,
    resource_id integer,
    role text not null,
    granted_by text not null,
    granted_at integer not null,
    check ((connection_id is null) = (resource_id is null)),
    foreign key (connection_id, resource_id) references resources (connection_id, id) on delete cascade)`,
  `create unique index grants_at_resource on grants (person_id, resource_id) where resource_id is not null`,
  `create unique index grants_everywhere on grants (person_id) where resource_id is null`,
  `create index grants_by_resource on grants (connection_id, resource_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
