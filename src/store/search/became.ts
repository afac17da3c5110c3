import { type Kysely, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { Became, Key, Page, PageAsked } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { type QuietFields, resourcesAsOf } from '../versions.ts'
import { allOf, type Condition, reachBelow, within } from './reach.ts'
import { resourceInScope } from './resources.ts'

/** How many versions are looked at for one page: each resource is told once, by the last one of the time asked for. */
const mostLookedAt = 1_000

interface Asked extends Pick<PageAsked, 'after' | 'limit'> {
  readonly from: number
  readonly to: number
}

/** All below what may be seen may be seen. */
export async function becameInScope(
  db: Kysely<Database>,
  quiet: QuietFields,
  scope: Scope,
  id: number,
  { from, to, after, limit }: Asked,
): Promise<Page<Became>> {
  const place = await resourceInScope(db, scope, id)
  if (!place) return { rows: [], next: null, total: null }
  const { connectionId } = place
  const looked = sql`select rowid as number, connection_id, resource_id, version, at from versions where ${allOf([
    sql`connection_id = ${connectionId} and at > ${from} and at <= ${to}`,
    before(after),
  ])} order by at desc, rowid desc limit ${mostLookedAt}`
  const below = within(await reachBelow(db, [id]), { connectionId: 'seen.connectionId', resourceId: 'seen.resourceId' })
  const { rows } = await sql<Seen>`
    select seen.number, seen.at, seen.resource_id, resources.created_at from (${looked}) as seen
    cross join resources on resources.id = seen.resource_id
    where ${allOf([below])} and not exists (select 1 from versions as later
      where later.connection_id = seen.connection_id and later.resource_id = seen.resource_id
      and later.version > seen.version and +later.at <= ${to})
    order by seen.at desc, seen.number desc limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const isMore = rows.length > limit && last !== undefined
  return {
    rows: await told(db, quiet, connectionId, shown, { from, to }),
    next: isMore ? [last.at, last.number] : await lastLookedAt(db, looked),
    total: null,
  }
}

interface Seen {
  readonly number: number
  readonly at: number
  readonly resourceId: number
  readonly createdAt: number
}

/** Those before a key, newest first. */
function before(key: Key | null): Condition | null {
  if (key === null) return null
  const [at, number, ...more] = key
  const isKey = typeof at === 'number' && typeof number === 'number' && more.length === 0
  return isKey ? sql`(at, rowid) < (${at}, ${number})` : sql`1 = 0`
}

async function told(
  db: Kysely<Database>,
  quiet: QuietFields,
  connectionId: number,
  seen: readonly Seen[],
  { from, to }: { from: number; to: number },
): Promise<Became[]> {
  if (seen.length === 0) return []
  const ids = seen.map(({ resourceId }) => resourceId)
  const asOf = async (time: number) =>
    new Map((await resourcesAsOf(db, quiet, connectionId, time, { ids })).map((past) => [past.id, past]))
  const [earlier, later] = [await asOf(from), await asOf(to)]
  return seen.flatMap(({ resourceId, at, createdAt }) => {
    const [known = null, after] = [earlier.get(resourceId), later.get(resourceId)]
    return after ? [{ at, before: known, after, isForgotten: known === null && createdAt <= from }] : []
  })
}

/** Where the next page goes on, if there is more to look at. */
async function lastLookedAt(db: Kysely<Database>, looked: ReturnType<typeof sql>): Promise<Key | null> {
  const { rows } = await sql<{ at: number; number: number }>`
    select at, number from (${looked}) limit 1 offset ${mostLookedAt - 1}`.execute(db)
  return rows[0] ? [rows[0].at, rows[0].number] : null
}
