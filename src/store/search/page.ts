import { type Kysely, sql } from 'kysely'
import type { Key, Page, PageAsked } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import type { Condition } from './reach.ts'

/** Beyond so many nobody needs to know how many there are. */
const mostCounted = 200_000

/** One row more than asked for was read, to know whether there are more. */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit }: Pick<PageAsked, 'limit'>,
  total: number | null,
  keyOf: (row: Row) => Key,
): Page<Row> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null, total }
}

/** How many rows of a table there are, on the first page only; where that page is all, nothing is counted. */
export async function totalOf(
  db: Kysely<Database>,
  table: 'resources' | 'controls' | 'activities' | 'deliveries' | 'policySettings' | 'policyAttachments',
  condition: Condition,
  { after, limit }: Pick<PageAsked, 'after' | 'limit'>,
  read: number,
): Promise<number | null> {
  if (after !== null) return null
  if (read <= limit) return read
  const some = sql`select 1 from ${sql.table(table)} where ${condition} limit ${mostCounted + 1}`
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${some})`.execute(db)
  const count = rows[0]?.count ?? 0
  return count > mostCounted ? null : count
}
