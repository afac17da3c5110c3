import type { Kysely } from 'kysely'
import type { PolicySetting } from '../model/policy.ts'
import type { PolicyStore } from '../model/store.ts'
import type { Database, Row } from './tables.ts'

export function policySettings(db: Kysely<Database>): PolicyStore {
  return {
    list: async (connectionId, path) => {
      const all = db.selectFrom('policySettings').selectAll().where('connectionId', '=', connectionId)
      const settings = await (path === undefined ? all : all.where('path', '=', path)).execute()
      return settings.map(toSetting).toSorted((a, b) => a.id - b.id)
    },
    set: async (setting, now) => {
      const { connectionId, resourceId, path, value, ...rest } = setting
      const answer = { ...rest, value: JSON.stringify(value), createdAt: now }
      const row = await db
        .insertInto('policySettings')
        .values({ connectionId, resourceId, path, ...answer })
        .onConflict((conflict) => conflict.columns(['connectionId', 'resourceId', 'path']).doUpdateSet(answer))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toSetting(row)
    },
    unset: async (connectionId, resourceId, path) => {
      const { numDeletedRows } = await db
        .deleteFrom('policySettings')
        .where('connectionId', '=', connectionId)
        .where('resourceId', '=', resourceId)
        .where('path', '=', path)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

export const toSetting = (row: Row<'policySettings'>): PolicySetting => ({ ...row, value: JSON.parse(row.value) })
