import { type Kysely, sql } from 'kysely'
import type { Delivery } from '../model/delivery.ts'
import type { DeliveryFilter, DeliveryStore } from '../model/delivery-store.ts'
import { bodiesOf, dropDeliveries } from './bundles.ts'
import type { DeliveryIntake } from './delivery-intake.ts'
import { inTransaction } from './in-transaction.ts'
import { parked } from './job-state.ts'
import { queueProjections } from './queue-projections.ts'
import type { Database } from './tables.ts'

export function deliveries(db: Kysely<Database>, { keep, enter, enterAll }: DeliveryIntake): DeliveryStore {
  return {
    accept: keep,
    enter,
    get: async (id) => {
      const [delivery] = await some(db, [id])
      return delivery ?? null
    },
    some: (ids) => some(db, ids),
    claimEvent: (id, connectionId) => inTransaction(db, (db) => claimEvent(db, id, connectionId)),
    finish: async (id, status, error) => {
      const end = { status, error: error ?? null }
      await db.updateTable('deliveries').set(end).where('id', '=', id).execute()
    },
    list: async (filter = {}) => {
      await enterAll()
      return listing(db, filter).execute()
    },
    drop: async (id) => {
      await inTransaction(db, (db) => dropDeliveries(db, [id]))
    },
    replay: (id, now) => inTransaction(db, (db) => replay(db, id, now)),
    has: async (hookId, guid) => {
      await enterAll()
      return has(db, hookId, guid)
    },
  }
}

async function some(db: Kysely<Database>, ids: readonly number[]): Promise<Delivery[]> {
  if (ids.length === 0) return []
  const rows = await withRepeats(db).where('deliveries.id', 'in', ids).execute()
  const bodies = await bodiesOf(db, ids)
  return rows.flatMap(({ bodyHash, headers, bodySeenBefore, ...delivery }) => {
    const body = bodies.get(delivery.id)
    return body ? [{ ...delivery, headers: JSON.parse(headers), body, bodySeenBefore: Boolean(bodySeenBefore) }] : []
  })
}

const withRepeats = (db: Kysely<Database>) =>
  db
    .selectFrom('deliveries')
    .selectAll('deliveries')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('deliveries as earlier')
          .select('earlier.id')
          .whereRef('earlier.hookId', '=', 'deliveries.hookId')
          .whereRef('earlier.bodyHash', '=', 'deliveries.bodyHash')
          .whereRef('earlier.id', '<', 'deliveries.id'),
      ).as('bodySeenBefore'),
    )

async function claimEvent(db: Kysely<Database>, id: number, connectionId: number): Promise<boolean> {
  const { guid } = await db
    .updateTable('deliveries')
    .set({ connectionId })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('connectionId', 'is', null), eb('connectionId', '=', connectionId)]))
    .returning('guid')
    .executeTakeFirstOrThrow(() => new Error(`There is no delivery ${id} that connection ${connectionId} may claim.`))
  const claimed = await db
    .insertInto('events')
    .values({ connectionId, guid, deliveryId: id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('deliveryId')
    .executeTakeFirst()
  if (claimed) return true
  const event = db.selectFrom('events').select('deliveryId').where('connectionId', '=', connectionId)
  const { deliveryId } = await event.where('guid', '=', guid).executeTakeFirstOrThrow()
  return deliveryId === id
}

function listing(db: Kysely<Database>, { connectionId, status, before, limit }: DeliveryFilter) {
  let query = db
    .selectFrom('deliveries')
    .select(['id', 'connectionId', 'hookId', 'guid', 'event', 'receivedAt', 'source', 'status', 'error'])
  if (connectionId !== undefined) query = query.where('connectionId', '=', connectionId)
  if (status !== undefined) query = query.where('status', '=', status)
  if (before !== undefined) query = query.where('id', '<', before)
  if (limit !== undefined) query = query.limit(limit)
  return query.orderBy('id', 'desc')
}

/** Its parked job gives way to a new one. */
async function replay(db: Kysely<Database>, id: number, now: number): Promise<boolean> {
  if (!(await bodiesOf(db, [id])).has(id)) return false
  const pending = db.updateTable('deliveries').set({ status: 'pending', error: null }).where('id', '=', id)
  if (!(await pending.returning('id').executeTakeFirst())) return false
  await db.deleteFrom('jobs').where('key', '=', `project:${id}`).where('state', '=', parked).execute()
  await queueProjections(db, { first: id, last: id }, sql`${now}`, now)
  return true
}

/** What was read back from GitHub's log came without a signature. */
async function has(db: Kysely<Database>, hookId: string, guid: string): Promise<boolean> {
  const ofHook = db.selectFrom('deliveries').select('id').where('hookId', '=', hookId)
  return (await ofHook.where('guid', '=', guid).where('source', '!=', 'log').executeTakeFirst()) !== undefined
}
