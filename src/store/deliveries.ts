import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import type { Kysely } from 'kysely'
import type { Delivery, NewDelivery } from '../model/delivery.ts'
import type { DeliveryFilter, DeliveryStore } from '../model/store.ts'
import { inTransaction } from './in-transaction.ts'
import { parked, queued } from './job-state.ts'
import { type KeptDelivery, projectJob } from './keep-deliveries.ts'
import type { Database, Row } from './tables.ts'

/** In bytes. Up to here a body is compressed sooner (in about a tenth of a millisecond) than handed to another thread. */
const small = 64 * 1024
/** Output grows by pieces of so many bytes: most bodies fit into the first one. */
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 4_096 }
const compressElsewhere = promisify(zstdCompress)
const decompressElsewhere = promisify(zstdDecompress)

/** `keep` writes one delivery: at once inside a transaction, else together with others. */
export function deliveries(
  db: Kysely<Database>,
  keep: (delivery: KeptDelivery) => Promise<'new' | 'known'>,
): DeliveryStore {
  return {
    accept: async (delivery) => keep(await prepared(delivery)),
    get: async (id) => {
      const row = await withBody(db).where('deliveries.id', '=', id).executeTakeFirst()
      return row ? toDelivery(row) : null
    },
    some: async (ids) => {
      const rows = ids.length === 0 ? [] : await withBody(db).where('deliveries.id', 'in', ids).execute()
      return Promise.all(rows.map(toDelivery))
    },
    claimEvent: (id, connectionId) => inTransaction(db, (db) => claimEvent(db, id, connectionId)),
    finish: async (id, status, error) => {
      const end = { status, error: error ?? null }
      await db.updateTable('deliveries').set(end).where('id', '=', id).execute()
    },
    list: (filter = {}) => listing(db, filter).execute(),
    drop: async (id) => {
      await db.deleteFrom('deliveries').where('id', '=', id).execute()
    },
    replay: (id, now) => inTransaction(db, (db) => replay(db, id, now)),
    has: (hookId, guid) => has(db, hookId, guid),
  }
}

async function prepared({ body, headers, ...delivery }: NewDelivery): Promise<KeptDelivery> {
  return {
    hookId: delivery.hookId,
    guid: delivery.guid,
    event: delivery.event,
    receivedAt: delivery.receivedAt,
    source: delivery.source,
    headers: JSON.stringify(headers),
    bodyHash: hash('sha256', body, 'buffer'),
    body: await compressed(body),
  }
}

function compressed(body: Uint8Array): Buffer | Promise<Buffer> {
  const options = { ...fast, pledgedSrcSize: body.byteLength }
  return body.byteLength > small ? compressElsewhere(body, options) : zstdCompressSync(body, options)
}

/** How large it becomes is not told: what was compressed well is the larger one. */
const decompressed = (body: Buffer): Buffer | Promise<Buffer> =>
  body.byteLength > small / 8 ? decompressElsewhere(body) : zstdDecompressSync(body)

const withBody = (db: Kysely<Database>) =>
  db
    .selectFrom('deliveries')
    .innerJoin('payloads', 'payloads.deliveryId', 'deliveries.id')
    .selectAll('deliveries')
    .select('payloads.body')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('deliveries as earlier')
          .select('earlier.id')
          .whereRef('earlier.hookId', '=', 'deliveries.hookId')
          .whereRef('earlier.bodyHash', '=', 'deliveries.bodyHash')
          .whereRef('earlier.id', '<', 'deliveries.id'),
      ).as('bodySeenBefore'),
    )

async function toDelivery(row: Row<'deliveries'> & { body: Buffer; bodySeenBefore: unknown }): Promise<Delivery> {
  const { bodyHash, headers, body, bodySeenBefore, ...delivery } = row
  return {
    ...delivery,
    headers: JSON.parse(headers),
    body: await decompressed(body),
    bodySeenBefore: Boolean(bodySeenBefore),
  }
}

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
  const body = await db.selectFrom('payloads').select('deliveryId').where('deliveryId', '=', id).executeTakeFirst()
  if (!body) return false
  const pending = db.updateTable('deliveries').set({ status: 'pending', error: null }).where('id', '=', id)
  if (!(await pending.returning('id').executeTakeFirst())) return false
  const job = projectJob(id, now)
  await db.deleteFrom('jobs').where('key', '=', job.key).where('state', '=', parked).execute()
  await db
    .insertInto('jobs')
    .values({ ...job, createdAt: now })
    .onConflict((conflict) => conflict.column('key').where('state', '=', queued).doNothing())
    .execute()
  return true
}

/** What was read back from GitHub's log came without a signature. */
async function has(db: Kysely<Database>, hookId: string, guid: string): Promise<boolean> {
  const ofHook = db.selectFrom('deliveries').select('id').where('hookId', '=', hookId)
  return (await ofHook.where('guid', '=', guid).where('source', '!=', 'log').executeTakeFirst()) !== undefined
}
