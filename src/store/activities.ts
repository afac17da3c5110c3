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
    attribute: async (connectionId, { type, nodeId, actor, since }) => {
      const ofConnection = db.selectFrom('resources').select('id').where('connectionId', '=', connectionId)
      const above = ofConnection.where('nodeId', '=', nodeId)
      const about = ofConnection
        .where('type', '=', type)
        .where((is) => is.or([is('nodeId', '=', nodeId), is('parentId', 'in', above)]))
      await db
        .updateTable('activities')
        .set({ actor, source: 'audit log' })
        .where('connectionId', '=', connectionId)
        .where('at', '>=', since)
        .where('actor', 'is', null)
        .where('deliveryId', 'is', null)
        .where('source', 'in', ['read', 'discovery'])
        .where('kind', 'in', ['found', 'changed', 'gone', 'returned'])
        .where('resourceId', 'in', about)
        .execute()
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
