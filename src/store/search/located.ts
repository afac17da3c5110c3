import type { Kysely } from 'kysely'
import type { PolicyPlace } from '../../model/policy.ts'
import type { Located } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { namesOf } from './names.ts'
import type { Reach } from './reach.ts'

/** Rows with their places by name; those whose place is out of sight are left out. */
export async function located<Row extends PolicyPlace>(
  db: Kysely<Database>,
  reach: Reach,
  rows: readonly Row[],
): Promise<Located<Row>[]> {
  const idsOf = (ids: readonly (number | null)[]) => ids.filter((id) => id !== null)
  const resources = await namesOf(db, reach, idsOf(rows.map(({ resourceId }) => resourceId)))
  const folderIds = reach === 'everything' ? idsOf(rows.map(({ folderId }) => folderId)) : []
  const folders =
    folderIds.length === 0
      ? []
      : await db.selectFrom('folders').select(['id', 'title']).where('id', 'in', folderIds).execute()
  const byId = new Map(resources.map((name) => [name.id, name]))
  return rows.flatMap((row): Located<Row>[] => {
    const resource = row.resourceId === null ? undefined : byId.get(row.resourceId)
    if (resource) return [{ ...row, resource, folder: null }]
    const folder = folders.find(({ id }) => id === row.folderId)
    return folder ? [{ ...row, resource: null, folder }] : []
  })
}
