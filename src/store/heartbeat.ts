import type { Kysely } from 'kysely'
import type { HeartbeatStore } from '../model/store.ts'
import { relaxed } from './relaxed.ts'
import type { Database } from './tables.ts'

const name = 'heartbeat'

export function heartbeat(db: Kysely<Database>): HeartbeatStore {
  return {
    beat: async (now) => {
      const value = Buffer.from(String(now))
      await relaxed(db, (db) =>
        db
          .insertInto('facts')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute(),
      )
    },
    last: async () => {
      const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst()
      return row ? Number(row.value.toString()) : null
    },
    stop: async () => {
      await db.deleteFrom('facts').where('name', '=', name).execute()
    },
  }
}
