import type { Kysely } from 'kysely'
import type { DiscoveryStore } from '../model/store.ts'
import { relaxed } from './relaxed.ts'
import type { Database } from './tables.ts'

export function discoveries(db: Kysely<Database>): DiscoveryStore {
  return {
    list: async (connectionId) => {
      const rows = await db.selectFrom('discoveries').selectAll().where('connectionId', '=', connectionId).execute()
      return rows.map((row) => ({ ...row, refusal: row.refusal === null ? null : JSON.parse(row.refusal) }))
    },
    save: async ({ connectionId, type, refusal, ...rest }) => {
      const said = { ...rest, refusal: refusal && JSON.stringify(refusal) }
      const row = { connectionId, type, ...said }
      await relaxed(db, (db) =>
        db
          .insertInto('discoveries')
          .values(row)
          .onConflict((conflict) => conflict.columns(['connectionId', 'type']).doUpdateSet(said))
          .execute(),
      )
    },
  }
}
