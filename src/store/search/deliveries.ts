import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { FoundDelivery, Page, PageAsked } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { before, conditionsOf } from './conditions.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, type Condition, reachOf, withinWhole } from './reach.ts'

const searched = {
  connectionId: 'deliveries.connectionId',
  // A delivery is of no resource: no term of a delivery asks for one.
  resourceId: 'deliveries.connectionId',
  words: ['deliveries.event', 'deliveries.guid'],
  columns: {
    status: 'deliveries.status',
    event: 'deliveries.event',
    hook: 'deliveries.hookId',
    source: 'deliveries.source',
    guid: 'deliveries.guid',
  },
}

/** Of connections that may be seen as a whole; those of none yet, by those who may see everything. */
const visible = async (db: Kysely<Database>, scope: Scope): Promise<Condition | null> =>
  withinWhole(await reachOf(db, scope), 'deliveries.connectionId')

export async function searchDeliveries(
  db: Kysely<Database>,
  scope: Scope,
  page: PageAsked,
): Promise<Page<FoundDelivery>> {
  const condition = allOf([await visible(db, scope), ...(await conditionsOf(db, page.filter, searched))])
  const rows = await deliveries(db, allOf([condition, before('deliveries.id', page.after)]))
    .orderBy('deliveries.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'deliveries', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ id }) => [id])
  return { ...found, rows: found.rows.map(withConnection) }
}

export async function deliveryInScope(db: Kysely<Database>, scope: Scope, id: number): Promise<FoundDelivery | null> {
  const condition = allOf([await visible(db, scope), sql<SqlBool>`${sql.ref('deliveries.id')} = ${id}`])
  const row = await deliveries(db, condition).executeTakeFirst()
  return row ? withConnection(row) : null
}

export async function lastDeliveryAt(db: Kysely<Database>, scope: Scope): Promise<number | null> {
  const newest = await deliveries(db, allOf([await visible(db, scope)]))
    .orderBy('deliveries.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.receivedAt ?? null
}

const deliveries = (db: Kysely<Database>, condition: Condition) =>
  db
    .selectFrom('deliveries')
    .leftJoin('connections', 'connections.id', 'deliveries.connectionId')
    .select([
      'deliveries.id',
      'deliveries.connectionId',
      'deliveries.hookId',
      'deliveries.guid',
      'deliveries.event',
      'deliveries.receivedAt',
      'deliveries.source',
      'deliveries.status',
      'deliveries.error',
      'connections.login',
    ])
    .where(condition)

const withConnection = <Found extends { connectionId: number | null; login: string | null }>({
  login,
  ...row
}: Found) => ({
  ...row,
  connection: row.connectionId !== null && login !== null ? { id: row.connectionId, login } : null,
})
