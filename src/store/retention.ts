import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Prunable } from '../model/retention.ts'
import type { RetentionStore } from '../model/store.ts'
import { inTransaction } from './in-transaction.ts'
import { relaxed } from './relaxed.ts'
import type { Database } from './tables.ts'

/**
 * Rows in the order that they were written in, which is about that of their age: no index of ages is kept, for the sake of
 * those who write. `spared` says which of the old ones are needed still.
 */
interface Shelf {
  readonly rows: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly at: RawBuilder<unknown>
  readonly spared: (before: number) => RawBuilder<unknown>
  /** How many things a row holds; one, unless it says more. */
  readonly size?: RawBuilder<number>
  readonly remove: (ids: RawBuilder<unknown>) => RawBuilder<unknown>[]
}

const shelves: Readonly<Record<Prunable, Shelf>> = {
  /**
   * Bodies and headers only. That a delivery came, and the hash of its body, stay: a replay is known by them. Of those that
   * were kept together none goes before the last one may.
   */
  deliveries: {
    rows: sql`bundles`,
    id: sql`bundles.id`,
    at: sql`bundles.received_at`,
    spared: () => sql`exists (select 1 from deliveries where deliveries.id between bundles.id and bundles.last_id
      and deliveries.status in ('pending', 'parked')) or bundles.id in (select id from arrivals)`,
    size: sql`json_array_length(bundles.pieces)`,
    remove: (ids) => [
      sql`update deliveries set headers = '{}' where id in
        (select piece.value ->> 0 from bundles join json_each(bundles.pieces) as piece where bundles.id in ${ids})`,
      sql`delete from bundles where id in ${ids}`,
    ],
  },
  /** The last one before the moment says how the control stood then. */
  runs: {
    rows: sql`runs`,
    id: sql`runs.id`,
    at: sql`runs.ended_at`,
    spared: (before) => sql`not exists (select 1 from runs later where later.connection_id = runs.connection_id
      and later.control_id = runs.control_id and later.id > runs.id and later.ended_at <= ${before})`,
    remove: (ids) => [sql`delete from runs where id in ${ids}`],
  },
  /** The last one before the moment says how the resource was then. */
  versions: {
    rows: sql`versions`,
    id: sql`versions.rowid`,
    at: sql`versions.at`,
    spared: (before) => sql`not exists (select 1 from versions later where later.connection_id = versions.connection_id
      and later.resource_id = versions.resource_id and later.version > versions.version and +later.at <= ${before})`,
    remove: (ids) => [sql`delete from versions where rowid in ${ids}`],
  },
  activities: {
    rows: sql`activities`,
    id: sql`activities.id`,
    at: sql`activities.at`,
    spared: () => sql`false`,
    remove: (ids) => [sql`delete from activities where id in ${ids}`],
  },
}

export const retention = (db: Kysely<Database>): RetentionStore => ({
  prune: (what, before, after, limit) =>
    relaxed(db, (db) =>
      inTransaction(db, async (db) => {
        const { rows, id, at, spared, size, remove } = shelves[what]
        const oldest = await sql<{ id: number; isOld: 0 | 1; isSpared: 0 | 1; size: number }>`
          select ${id} as id, ${at} < ${before} as is_old, ${spared(before)} as is_spared, ${size ?? sql`1`} as size
          from ${rows} where ${id} > ${after} order by ${id} limit ${limit}`.execute(db)
        const gone = oldest.rows.filter(({ isOld, isSpared }) => isOld && !isSpared)
        const ids = gone.map(({ id }) => id)
        if (ids.length > 0) for (const each of remove(sql`(${sql.join(ids)})`)) await each.execute(db)
        const last = oldest.rows.at(-1)
        const removed = gone.reduce((total, { size }) => total + size, 0)
        return { removed, next: last && oldest.rows.length === limit && last.isOld ? last.id : null }
      }),
    ),
})
