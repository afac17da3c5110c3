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
  readonly remove: (ids: RawBuilder<unknown>) => RawBuilder<unknown>[]
}

const shelves: Readonly<Record<Prunable, Shelf>> = {
  /** Bodies and headers only. That a delivery came, and the hash of its body, stay: a replay is known by them. */
  deliveries: {
    rows: sql`payloads join deliveries on deliveries.id = payloads.delivery_id`,
    id: sql`payloads.delivery_id`,
    at: sql`deliveries.received_at`,
    spared: () => sql`deliveries.status in ('pending', 'parked')`,
    remove: (ids) => [
      sql`update deliveries set headers = '{}' where id in ${ids}`,
      sql`delete from payloads where delivery_id in ${ids}`,
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
        const { rows, id, at, spared, remove } = shelves[what]
        const oldest = await sql<{ id: number; isOld: 0 | 1; isSpared: 0 | 1 }>`
          select ${id} as id, ${at} < ${before} as is_old, ${spared(before)} as is_spared
          from ${rows} where ${id} > ${after} order by ${id} limit ${limit}`.execute(db)
        const gone = oldest.rows.filter(({ isOld, isSpared }) => isOld && !isSpared).map(({ id }) => id)
        if (gone.length > 0) for (const each of remove(sql`(${sql.join(gone)})`)) await each.execute(db)
        const last = oldest.rows.at(-1)
        return { removed: gone.length, next: last && oldest.rows.length === limit && last.isOld ? last.id : null }
      }),
    ),
})
