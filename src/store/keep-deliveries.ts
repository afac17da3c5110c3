import { CompiledQuery, type Kysely } from 'kysely'
import type { DeliverySource, NewDelivery } from '../model/delivery.ts'
import { bundle } from './bundles.ts'
import { inTransaction } from './in-transaction.ts'
import { rowInserter } from './insert-rows.ts'
import type { Database } from './tables.ts'
import { type Head, identity, type WaitingDeliveries } from './waiting-deliveries.ts'

/** Deliveries of one bundle, and the id of the first. */
interface Arrival {
  readonly id: number
  readonly deliveries: readonly NewDelivery[]
}

/**
 * Keeps deliveries, all in one transaction, and nothing more than that: whoever sends them waits. What else is to be done with
 * them, `enterDeliveries` does. Answers in their order.
 */
export function keepDeliveries(db: Kysely<Database>, waiting: WaitingDeliveries) {
  return async (deliveries: readonly NewDelivery[]): Promise<('new' | 'known')[]> => {
    const { answers, arrivals } = await inTransaction(db, async (db) => {
      await waiting.refresh(db)
      const { answers, fresh } = sifted(deliveries, await broughtBefore(db, deliveries, waiting))
      return { answers, arrivals: fresh.length > 0 ? await insert(db, fresh) : [] }
    })
    for (const { id, deliveries } of arrivals) waiting.add(id, deliveries)
    return deliveries.map((delivery) => answers.get(delivery) ?? 'known')
  }
}

/** What was read back is older than it looks, and may yet come by its hook. */
const isAlone = ({ source }: NewDelivery): boolean => source === 'log'

/** How each came that is there already. */
async function broughtBefore(
  db: Kysely<Database>,
  deliveries: readonly NewDelivery[],
  waiting: WaitingDeliveries,
): Promise<Map<string, DeliverySource>> {
  const { rows } = await db.executeQuery(among(deliveries))
  const before = new Map(rows.map((row) => [identity(row), row.source]))
  for (const delivery of deliveries) {
    const source = waiting.sourceOf(delivery)
    if (source) before.set(identity(delivery), source)
  }
  return before
}

// Statements are written once: with every commit, building them costs as much as carrying them out.
const among = (deliveries: readonly NewDelivery[]) =>
  CompiledQuery.raw(
    `select hook_id, guid, source from json_each(?) as wanted cross join deliveries
      where hook_id = wanted.value ->> 0 and guid = wanted.value ->> 1`,
    [JSON.stringify(deliveries.map(({ hookId, guid }) => [hookId, guid]))],
  ) as CompiledQuery<Pick<Head, 'hookId' | 'guid' | 'source'>>

/** Ids are never used twice: neither those that are entered, nor those that are to be. */
const nextId = CompiledQuery.raw(`select 1 + max(
  coalesce((select seq from sqlite_sequence where name = 'deliveries'), 0),
  coalesce((select last_id from bundles order by id desc limit 1), 0)) as id`) as CompiledQuery<{ id: number }>

/** Of equal ones the first is kept; and what comes by its hook although it was read back before: it comes as it was signed. */
function sifted(deliveries: readonly NewDelivery[], before: Map<string, DeliverySource>) {
  const answers = new Map<NewDelivery, 'new' | 'known'>()
  // A bundle is of deliveries that follow each other.
  const ordered = [...deliveries.filter((each) => !isAlone(each)), ...deliveries.filter(isAlone)]
  const fresh = ordered.filter((delivery) => {
    const source = before.get(identity(delivery))
    answers.set(delivery, source ? 'known' : 'new')
    if (source && (source !== 'log' || delivery.source === 'log')) return false
    before.set(identity(delivery), delivery.source)
    return true
  })
  return { answers, fresh }
}

async function insert(db: Kysely<Database>, fresh: readonly NewDelivery[]): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  let id = (await db.executeQuery(nextId)).rows[0]?.id ?? 1
  for (const deliveries of together(fresh)) {
    arrivals.push({ id, deliveries })
    id += deliveries.length
  }
  await intoBundles(db, arrivals)
  await intoArrivals(db, arrivals)
  return arrivals
}

const intoBundles = rowInserter<Arrival>(
  'bundles',
  ['id', 'last_id', 'received_at', 'pieces', 'body'],
  '',
  ({ id, deliveries }) => {
    const { pieces, body } = bundle(deliveries.map(({ body }, index) => ({ id: id + index, body })))
    const receivedAt = Math.max(...deliveries.map(({ receivedAt }) => receivedAt))
    return [id, id + deliveries.length - 1, receivedAt, pieces, body]
  },
)

const intoArrivals = rowInserter<Arrival>(
  'arrivals',
  ['id', 'size', 'received_at', 'heads'],
  '',
  ({ id, deliveries }) => {
    const heads = deliveries.map(({ body: _, ...head }): Head => head)
    return [id, deliveries.length, Math.min(...heads.map(({ receivedAt }) => receivedAt)), JSON.stringify(heads)]
  },
)

/** In bytes, before they are compressed: so much is unpacked for the sake of one of them. */
const mostTogether = 512 * 1024

/** Those that go into one bundle. */
function together(fresh: readonly NewDelivery[]): NewDelivery[][] {
  const groups: NewDelivery[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const each of fresh) {
    const { byteLength } = each.body
    if (isAlone(each) || size + byteLength > mostTogether) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(each)
    size += byteLength
  }
  return groups
}
