import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Clock } from '../model/clock.ts'
import { bundle } from './bundles.ts'
import { inTransaction } from './in-transaction.ts'
import { rowInserter } from './insert-rows.ts'
import { queueProjections } from './queue-projections.ts'
import type { Database, Row } from './tables.ts'

/** A delivery as it is written, but for the hash of its body. */
export interface KeptDelivery extends Omit<Row<'deliveries'>, 'id' | 'connectionId' | 'status' | 'error' | 'bodyHash'> {
  readonly body: Uint8Array
}

interface Fresh {
  readonly id: number
  readonly delivery: KeptDelivery
}

/** Writes deliveries with their `project` jobs, all in one transaction; answers in their order. */
export function keepDeliveries(db: Kysely<Database>, clock: Clock) {
  return (deliveries: readonly KeptDelivery[]): Promise<('new' | 'known')[]> =>
    inTransaction(db, async (db) => {
      // A bundle is of deliveries that follow each other.
      const ordered = [...deliveries.filter((each) => !isAlone(each)), ...deliveries.filter(isAlone)]
      const ids = await insertDeliveries(db, ordered)
      const fresh = new Map<KeptDelivery, Fresh>()
      for (const delivery of ordered) {
        const id = ids.get(identity(delivery))
        // Of two equal ones in this group the first was inserted, so the first one found takes the id.
        if (id !== undefined && ids.delete(identity(delivery))) fresh.set(delivery, { id, delivery })
      }
      if (fresh.size > 0) await insertFresh(db, [...fresh.values()], clock())
      for (const delivery of deliveries)
        if (!fresh.has(delivery) && delivery.source !== 'log') await arrived(db, delivery)
      return deliveries.map((delivery) => (fresh.has(delivery) ? 'new' : 'known'))
    })
}

/** What was read back is older than it looks, and may yet come by its hook. */
const isAlone = ({ source }: KeptDelivery): boolean => source === 'log'

/** Neither a hook's id nor a GUID has a space in it. */
const identity = ({ hookId, guid }: { hookId: string; guid: string }): string => `${hookId} ${guid}`

const hashOf = ({ body }: KeptDelivery): Buffer => hash('sha256', body, 'buffer')

const intoDeliveries = rowInserter<KeptDelivery, { id: number; hookId: string; guid: string }>(
  'deliveries',
  ['hook_id', 'guid', 'event', 'headers', 'body_hash', 'received_at', 'source', 'status'],
  'on conflict (hook_id, guid) do nothing returning id, hook_id, guid',
  (row) => [row.hookId, row.guid, row.event, row.headers, hashOf(row), row.receivedAt, row.source, 'pending'],
)

async function insertDeliveries(
  db: Kysely<Database>,
  deliveries: readonly KeptDelivery[],
): Promise<Map<string, number>> {
  const inserted = await intoDeliveries(db, deliveries)
  return new Map(inserted.map((row) => [identity(row), row.id]))
}

/** What was but read in GitHub's log before has come by the hook now, as GitHub signed it. */
async function arrived(db: Kysely<Database>, delivery: KeptDelivery): Promise<void> {
  const { headers, receivedAt, source, hookId, guid, body } = delivery
  const row = await db
    .updateTable('deliveries')
    .set({ headers, bodyHash: hashOf(delivery), receivedAt, source })
    .where('hookId', '=', hookId)
    .where('guid', '=', guid)
    .where('source', '=', 'log')
    .returning('id')
    .executeTakeFirst()
  if (!row) return
  const own = { ...bundle([{ id: row.id, body }]), receivedAt }
  await db.updateTable('bundles').set(own).where('id', '=', row.id).execute()
}

const intoBundles = rowInserter<readonly Fresh[]>(
  'bundles',
  ['id', 'last_id', 'received_at', 'pieces', 'body'],
  '',
  (together) => {
    const { pieces, body } = bundle(together.map(({ id, delivery }) => ({ id, body: delivery.body })))
    const receivedAt = Math.max(...together.map(({ delivery }) => delivery.receivedAt))
    return [together[0]?.id, together.at(-1)?.id, receivedAt, pieces, body]
  },
)

async function insertFresh(db: Kysely<Database>, fresh: readonly Fresh[], createdAt: number): Promise<void> {
  await intoBundles(db, together(fresh))
  const span = { first: fresh[0]?.id ?? 0, last: fresh.at(-1)?.id ?? 0 }
  await queueProjections(db, span, sql`received_at`, createdAt)
}

/** In bytes, before they are compressed: so much is unpacked for the sake of one of them. */
const mostTogether = 512 * 1024

/** Those that go into one bundle. */
function together(fresh: readonly Fresh[]): Fresh[][] {
  const groups: Fresh[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const each of fresh) {
    const { byteLength } = each.delivery.body
    if (isAlone(each.delivery) || size + byteLength > mostTogether) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(each)
    size += byteLength
  }
  return groups
}
