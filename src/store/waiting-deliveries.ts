import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { DeliverySource, NewDelivery } from '../model/delivery.ts'
import type { Database, Row } from './tables.ts'

/** What is said of a delivery besides its body. */
export type Head = Omit<NewDelivery, 'body'>

/** Names one delivery of one hook: neither a hook's id nor a GUID has a space in it. */
export const identity = ({ hookId, guid }: Pick<Head, 'hookId' | 'guid'>): string => `${hookId} ${guid}`

/**
 * What is kept and not entered yet, as far as it matters for telling a repetition. It is in no index: that is written all over,
 * and whoever sends would wait for it.
 */
export interface WaitingDeliveries {
  /** Learns at first what waited before, and lets go of what was entered since, by whomever. */
  refresh(db: Kysely<Database>): Promise<void>
  /** How a delivery came that waits. */
  sourceOf(head: Head): DeliverySource | undefined
  /** Arrivals come in the order of their ids, once they are on the disk. */
  add(arrival: number, heads: readonly Head[]): void
}

export function waitingDeliveries(): WaitingDeliveries {
  const waiting = new Map<string, { arrival: number; source: DeliverySource }>()
  let isLearnt = false
  const add = (arrival: number, heads: readonly Head[]) => {
    for (const head of heads) waiting.set(identity(head), { arrival, source: head.source })
  }
  return {
    add,
    sourceOf: (head) => waiting.get(identity(head))?.source,
    async refresh(db) {
      const oldest = (await firstArrival(db))?.id ?? Number.POSITIVE_INFINITY
      for (const [key, { arrival }] of waiting) {
        if (arrival >= oldest) break
        waiting.delete(key)
      }
      if (isLearnt) return
      const left = await db.selectFrom('arrivals').select(['id', 'heads']).orderBy('id').execute()
      for (const { id, heads } of left) add(id, JSON.parse(heads))
      isLearnt = true
    },
  }
}

/** How many wait: each is a projection to come. */
export const waiting = sql<number>`(select coalesce(sum(size), 0) from arrivals)`

/** Written once: it is asked for with every commit, and building a query costs as much as carrying it out. */
const first = CompiledQuery.raw('select id, received_at from arrivals order by id limit 1') as CompiledQuery<
  Pick<Row<'arrivals'>, 'id' | 'receivedAt'>
>

/** The arrival that waits longest. */
export const firstArrival = async (db: Kysely<Database>) => (await db.executeQuery(first)).rows[0]
