import type { Kysely } from 'kysely'
import type { Activity, FieldChange } from '../model/resource.ts'
import type { ActivityStore } from '../model/store.ts'
import type { Database, Row } from './tables.ts'

export function activities(db: Kysely<Database>): ActivityStore {
  return {
    add: async (activity) => {
      const row = { ...activity, changes: JSON.stringify(activity.changes) }
      await db.insertInto('activities').values(row).execute()
    },
    list: async (connectionId, { resourceId, before, limit } = {}) => {
      let query = db.selectFrom('activities').selectAll().where('connectionId', '=', connectionId)
      if (resourceId !== undefined) query = query.where('resourceId', '=', resourceId)
      if (before !== undefined) query = query.where('id', '<', before)
      if (limit !== undefined) query = query.limit(limit)
      return (await query.orderBy('id', 'desc').execute()).map(toActivity)
    },
  }
}

export const toActivity = (row: Row<'activities'>): Activity => ({
  ...row,
  changes: (JSON.parse(row.changes) as FieldChange[]).map(({ field, before, after }) => ({ field, before, after })),
})
