import { type Kysely, sql } from 'kysely'

/** What was changed on GitHub, what waits, what people let through, and who stopped it all. */
const statements = [
  `create table enforcements (
    id integer primary key autoincrement,
    connection_id integer not null,
    control_id integer not null,
    change text not null,
    changes text not null,
    outcome text not null,
    at integer not null,
    foreign key (connection_id, control_id) references controls (connection_id, id))`,
  `create index enforcements_by_control on enforcements (connection_id, control_id, at)`,
  `create index enforcements_by_change on enforcements (connection_id, change, control_id)`,
  `create index enforcements_by_time on enforcements (connection_id, at)`,
  `create table held_enforcements (
    connection_id integer not null,
    control_id integer not null,
    kind text not null,
    change text not null,
    changes text not null,
    reason text not null,
    until integer,
    since integer not null,
    primary key (connection_id, control_id),
    foreign key (connection_id, control_id) references controls (connection_id, id)) without rowid`,
  `create index held_enforcements_by_kind on held_enforcements (connection_id, kind, change)`,
  `create table enforcement_releases (
    connection_id integer not null references connections (id),
    kind text not null,
    change text not null,
    by text not null,
    at integer not null,
    primary key (connection_id, kind, change)) without rowid`,
  `create table enforcement_switches (
    id integer primary key autoincrement,
    connection_id integer references connections (id),
    "to" text not null,
    by text not null,
    why text,
    at integer not null)`,
  `create index enforcement_switches_by_connection on enforcement_switches (connection_id, id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
