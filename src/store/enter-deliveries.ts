import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { bundle, dropBodies, soundPieces } from './bundles.ts'
import { inTransaction } from './in-transaction.ts'
import { rowInserter } from './insert-rows.ts'
import { queueProjections } from './queue-projections.ts'
import { relaxed } from './relaxed.ts'
import type { Database, Row } from './tables.ts'
import type { Head } from './waiting-deliveries.ts'

/** Deliveries in one transaction: enough to share its cost, few enough that nobody waits long for it. */
const atOnce = 128

interface Entry {
  readonly id: number
  readonly head: Head
  /** None, where the bundle cannot be unpacked: its projection says so. */
  readonly body: Uint8Array | undefined
}

/**
 * Enters the deliveries that have waited longest, with their `project` jobs; returns how many. One that is there already is not
 * entered again. Cut off, also by the power, it is done again.
 */
export const enterDeliveries = (db: Kysely<Database>, now: number): Promise<number> =>
  relaxed(db, (db) => inTransaction(db, (db) => enter(db, now)))

async function enter(db: Kysely<Database>, now: number): Promise<number> {
  const arrivals = await oldest(db)
  const entries = (await Promise.all(arrivals.map(entriesOf))).flat()
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return 0
  const entered = new Set((await intoDeliveries(db, entries)).map(({ id }) => id))
  const repeated = entries.filter(({ id }) => !entered.has(id))
  await db.deleteFrom('arrivals').where('id', '<=', last.id).execute()
  for (const entry of repeated) await arrived(db, entry)
  await dropBodies(
    db,
    repeated.flatMap(({ id, body }) => (body ? [id] : [])),
  )
  await queueProjections(db, { first: first.id, last: last.id }, sql`received_at`, now)
  return entries.length
}

type Arrival = Pick<Row<'bundles'>, 'id' | 'pieces' | 'body'> & Pick<Row<'arrivals'>, 'heads'>

async function oldest(db: Kysely<Database>): Promise<Arrival[]> {
  const first = await db.selectFrom('arrivals').select(['id', 'size']).orderBy('id').limit(atOnce).execute()
  let total = 0
  const some = first.filter(({ size }, index) => {
    total += size
    return index === 0 || total <= atOnce
  })
  return db
    .selectFrom('arrivals')
    .innerJoin('bundles', 'bundles.id', 'arrivals.id')
    .select(['bundles.id', 'pieces', 'body', 'heads'])
    .where('arrivals.id', '<=', some.at(-1)?.id ?? 0)
    .orderBy('arrivals.id')
    .execute()
}

async function entriesOf({ id, heads, ...row }: Arrival): Promise<Entry[]> {
  const pieces = await soundPieces(row)
  return (JSON.parse(heads) as Head[]).map((head, index) => ({ id: id + index, head, body: pieces[index]?.body }))
}

const hashOf = (body: Uint8Array | undefined): Buffer => (body ? hash('sha256', body, 'buffer') : Buffer.alloc(0))

const intoDeliveries = rowInserter<Entry, { id: number }>(
  'deliveries',
  ['id', 'hook_id', 'guid', 'event', 'headers', 'body_hash', 'received_at', 'source', 'status'],
  'on conflict (hook_id, guid) do nothing returning id',
  ({ id, body, head: { hookId, guid, event, headers, receivedAt, source } }) => [
    id,
    hookId,
    guid,
    event,
    JSON.stringify(headers),
    hashOf(body),
    receivedAt,
    source,
    'pending',
  ],
)

/** What was but read in GitHub's log before has come by the hook now, as GitHub signed it. */
async function arrived(db: Kysely<Database>, { head, body }: Entry): Promise<void> {
  const { hookId, guid, headers, receivedAt, source } = head
  if (source === 'log' || !body) return
  const row = await db
    .updateTable('deliveries')
    .set({ headers: JSON.stringify(headers), bodyHash: hashOf(body), receivedAt, source })
    .where('hookId', '=', hookId)
    .where('guid', '=', guid)
    .where('source', '=', 'log')
    .returning('id')
    .executeTakeFirst()
  if (!row) return
  const own = { ...bundle([{ id: row.id, body }]), receivedAt }
  await db.updateTable('bundles').set(own).where('id', '=', row.id).execute()
}
