import { type Kysely, sql } from 'kysely'

/**
 * A version tells all that is needed to see the resource as it was: its name, its place, whether it was there. What was
 * kept before is filled in from the data and the activities of that moment.
 */
const statements = [
  `alter table versions add column title text not null default ''`,
  `alter table versions add column parent_id integer`,
  `alter table versions add column revision integer`,
  `alter table versions add column gone_at integer`,
  `alter table versions add column gone_reason text`,
  `update versions set
    title = (select case type
      when 'GitHub > Repository' then coalesce(json_extract(versions.data, '$.nameWithOwner'), title)
      when 'GitHub > Organization' then coalesce(json_extract(versions.data, '$.login'), title)
      else title end
      from resources where resources.connection_id = versions.connection_id and resources.id = versions.resource_id),
    parent_id = (select parent_id
      from resources where resources.connection_id = versions.connection_id and resources.id = versions.resource_id)`,
  `update versions set (gone_at, gone_reason) = (select activities.at, substr(summary, instr(summary, ' is gone: ') + 10)
      from activities where activities.connection_id = versions.connection_id
      and activities.resource_id = versions.resource_id and kind = 'gone' and activities.at = versions.at)
    where version > 1 and data = (select data from versions as before where before.connection_id = versions.connection_id
      and before.resource_id = versions.resource_id and before.version = versions.version - 1)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
