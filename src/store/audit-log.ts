import type { Kysely } from 'kysely'
import type { AuditLogStore } from '../model/store.ts'
import type { Database } from './tables.ts'

export function auditLog(db: Kysely<Database>): AuditLogStore {
  return {
    reading: async (connectionId) => {
      const all = db.selectFrom('auditLogReadings').selectAll()
      const row = await all.where('connectionId', '=', connectionId).executeTakeFirst()
      if (!row) return null
      const { readAt, watermark, next, seen, refusal } = row
      return { readAt, watermark, next, seen: JSON.parse(seen), refusal: refusal && JSON.parse(refusal) }
    },
    setReading: async (connectionId, { seen, refusal, ...rest }) => {
      const said = { ...rest, seen: JSON.stringify(seen), refusal: refusal && JSON.stringify(refusal) }
      await db
        .insertInto('auditLogReadings')
        .values({ connectionId, ...said })
        .onConflict((conflict) => conflict.column('connectionId').doUpdateSet(said))
        .execute()
    },
  }
}
