import { type Kysely, sql } from 'kysely'

/**
 * A list of controls is in the order of severity and title, page by page: so both stand in the table of controls, the
 * severity by the state (`worstFirst` in the model), the title as the resource has it.
 */
const statements = [
  `alter table controls add column title text not null default ''`,
  `alter table controls add column severity integer not null generated always as (case state when 'error' then 0
    when 'alarm' then 1 when 'invalid' then 2 when 'tbd' then 3 when 'skipped' then 4 else 5 end) virtual`,
  `update controls set title = (select title from resources where resources.id = controls.resource_id)`,
  `create index controls_worst on controls (severity, title, id)`,
  `create index controls_worst_by_connection on controls (connection_id, severity, title, id)`,
  `create index controls_worst_by_path on controls (path, severity, title, id)`,
  // What an index does not hold is looked up row by row: for counts and searches these hold all that is asked.
  `create index controls_census on controls (path, state, connection_id, removed_at)`,
  `create index resources_titles on resources (title, id, gone_at)`,
  `create index resources_titles_by_type on resources (type, title, id, gone_at)`,
  `drop index resources_by_title`,
  `create index resources_by_title on resources (connection_id, title, id, gone_at)`,
  `create index resources_census on resources (connection_id, type, gone_at)`,
  `create index deliveries_newest on deliveries (connection_id, id)`,

  `create table mutes (
    connection_id integer not null,
    control_id integer not null,
    until text not null,
    date integer,
    note text,
    by text not null,
    at integer not null,
    primary key (connection_id, control_id),
    foreign key (connection_id, control_id) references controls (connection_id, id) on delete cascade) without rowid`,
  `create index mutes_by_control on mutes (control_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
