import { type Kysely, sql } from 'kysely'

const statements = [
  `alter table grants add column folder_id integer references folders (id) on delete cascade
    check (folder_id is null or resource_id is null)`,
  `drop index grants_everywhere`,
  `create unique index grants_everywhere on grants (person_id) where resource_id is null and folder_id is null`,
  `create unique index grants_at_folder on grants (person_id, folder_id) where folder_id is not null`,
  `create index grants_by_folder on grants (folder_id)`,
]

/** A role may be given at a folder. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
