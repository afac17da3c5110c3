import { type Kysely, sql } from 'kysely'

/** Who put something at a place, and how. */
const authorship = `
    source text not null,
    origin text,
    set_by text not null,
    created_at integer not null`

/** A folder, which belongs to no connection, or a resource of one. */
const place = `
    folder_id integer references folders (id) on delete cascade,
    connection_id integer,
    resource_id integer,
    selector text not null default ''`

const placed = `
    check ((folder_id is null) <> (resource_id is null)),
    check ((connection_id is null) = (resource_id is null)),
    foreign key (connection_id, resource_id) references resources (connection_id, id)`

/**
 * Folder 1 is Guardpost itself; a connection that names no folder is in it. What was set before this migration was set by
 * the command line or in the console, which its history tells.
 */
const statements = [
  `create table folders (
    id integer primary key autoincrement,
    parent_id integer references folders (id),
    title text not null collate nocase,
    created_at integer not null)`,
  `create unique index folders_by_title on folders (coalesce(parent_id, 0), title)`,
  `create index folders_by_parent on folders (parent_id)`,
  `insert into folders (id, parent_id, title, created_at) values (1, null, 'Guardpost', 0)`,
  `alter table connections add column folder_id integer references folders (id)`,

  `create table policy_settings_anew (
    id integer primary key autoincrement,${place},
    path text not null,
    value text,
    expression text,
    precedence text not null,
    note text,
    starts_at integer,
    expires_at integer,${authorship},
    check ((value is null) <> (expression is null)),${placed})`,
  `insert into policy_settings_anew
    (id, connection_id, resource_id, path, value, precedence, note, starts_at, expires_at, source, set_by, created_at)
    select id, connection_id, resource_id, path, value, precedence, note, starts_at, expires_at, 'cli', set_by, created_at
    from policy_settings`,
  `delete from sqlite_sequence where name = 'policy_settings_anew'`,
  `insert into sqlite_sequence (name, seq)
    select 'policy_settings_anew', seq from sqlite_sequence where name = 'policy_settings'`,
  `drop table policy_settings`,
  `alter table policy_settings_anew rename to policy_settings`,
  `create unique index policy_settings_once
    on policy_settings (coalesce(folder_id, 0), coalesce(connection_id, 0), coalesce(resource_id, 0), path, selector)`,
  `create index policy_settings_by_path on policy_settings (connection_id, path)`,
  `create index policy_settings_by_resource on policy_settings (connection_id, resource_id)`,

  `create table policy_packs (
    id integer primary key autoincrement,
    connection_id integer references connections (id),
    name text not null collate nocase,
    title text not null,
    description text not null,
    settings text not null,${authorship})`,
  `create unique index policy_packs_by_name on policy_packs (coalesce(connection_id, 0), name)`,

  `create table policy_attachments (
    id integer primary key autoincrement,${place},
    pack_id integer references policy_packs (id),
    shipped_pack text,
    position integer not null,${authorship},
    check ((pack_id is null) <> (shipped_pack is null)),${placed})`,
  `create unique index policy_attachments_once on policy_attachments
    (coalesce(folder_id, 0), coalesce(connection_id, 0), coalesce(resource_id, 0), coalesce(pack_id, 0),
      coalesce(shipped_pack, ''), selector)`,
  `create index policy_attachments_by_resource on policy_attachments (connection_id, resource_id)`,
  `create index policy_attachments_by_pack on policy_attachments (pack_id) where pack_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await dropViews(db)
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** A table cannot be renamed while a view reads it under that name. They are made again when the store is opened. */
async function dropViews(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'view'`.execute(db)
  for (const { name } of rows) await sql`drop view ${sql.id(name)}`.execute(db)
}
