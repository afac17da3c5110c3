import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Kysely } from 'kysely'
import type { Delivery, NewDelivery } from '../model/delivery.ts'
import type { DeliveryStore } from '../model/store.ts'
import { inTransaction } from './in-transaction.ts'
import type { KeptDelivery } from './keep-deliveries.ts'
import type { Database, Row } from './tables.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

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
    claimEvent: (id, connectionId) => inTransaction(db, (db) => claimEvent(db, id, connectionId)),
    finish: async (id, status, error) => {
      const end = { status, error: error ?? null }
      await db.updateTable('deliveries').set(end).where('id', '=', id).execute()
    },
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
    bodyHash: createHash('sha256').update(body).digest(),
    body: await compress(body, {
      params: { [constants.ZSTD_c_compressionLevel]: 1 },
      pledgedSrcSize: body.byteLength,
    }),
  }
}

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
    body: await decompress(body),
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
  await db
    .insertInto('events')
    .values({ connectionId, guid, deliveryId: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const event = db.selectFrom('events').select('deliveryId').where('connectionId', '=', connectionId)
  const { deliveryId } = await event.where('guid', '=', guid).executeTakeFirstOrThrow()
  return deliveryId === id
}

/** What was read back from GitHub's log came without a signature. */
async function has(db: Kysely<Database>, hookId: string, guid: string): Promise<boolean> {
  const ofHook = db.selectFrom('deliveries').select('id').where('hookId', '=', hookId)
  return (await ofHook.where('guid', '=', guid).where('source', '!=', 'log').executeTakeFirst()) !== undefined
}
