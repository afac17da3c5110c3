import type { Kysely } from 'kysely'
import type { EnforcementStore } from '../model/enforcement-store.ts'
import { heldEnforcements } from './held-enforcements.ts'
import type { Database, Row } from './tables.ts'

export function enforcements(db: Kysely<Database>): EnforcementStore {
  const of = (connectionId: number) => db.selectFrom('enforcements').where('connectionId', '=', connectionId)
  return {
    ...heldEnforcements(db),
    begin: async (enforcement) => {
      const values = { ...enforcement, changes: JSON.stringify(enforcement.changes), outcome: 'begun' as const }
      return (await db.insertInto('enforcements').values(values).returning('id').executeTakeFirstOrThrow()).id
    },
    end: async (connectionId, id, outcome) => {
      const one = db.updateTable('enforcements').set({ outcome }).where('connectionId', '=', connectionId)
      await one.where('id', '=', id).execute()
    },
    drop: async (connectionId, id) => {
      const one = db.deleteFrom('enforcements').where('connectionId', '=', connectionId)
      await one.where('id', '=', id).execute()
    },
    ofControl: async (connectionId, controlId, since) => {
      const all = of(connectionId).where('controlId', '=', controlId).where('at', '>=', since)
      return (await all.selectAll().orderBy('id').execute()).map(toEnforcement)
    },
    countSince: async (connectionId, since) => {
      const count = of(connectionId)
        .where('at', '>', since)
        .select(({ fn }) => fn.countAll<number>().as('count'))
      return (await count.executeTakeFirstOrThrow()).count
    },
    nthSince: async (connectionId, since, n) => {
      const later = of(connectionId).where('at', '>', since).select('at').orderBy('at')
      const row = await later
        .limit(1)
        .offset(Math.max(n, 1) - 1)
        .executeTakeFirst()
      return row?.at ?? null
    },
    countBy: async (connectionId, change, but) => {
      const count = of(connectionId)
        .where('change', '=', change)
        .where('controlId', '<>', but)
        .select(({ fn }) => fn.count<number>('controlId').distinct().as('count'))
      return (await count.executeTakeFirstOrThrow()).count
    },
    census: (connectionId, since) =>
      of(connectionId)
        .where('at', '>', since)
        .select(({ fn }) => ['change', fn.count<number>('controlId').distinct().as('count')])
        .groupBy('change')
        .execute(),
    release: async ({ by, at, ...what }) => {
      await db
        .insertInto('enforcementReleases')
        .values({ ...what, by, at })
        .onConflict((conflict) => conflict.columns(['connectionId', 'kind', 'change']).doUpdateSet({ by, at }))
        .execute()
    },
    releases: (connectionId) =>
      db.selectFrom('enforcementReleases').selectAll().where('connectionId', '=', connectionId).execute(),
    flip: async (to) => {
      await db.insertInto('enforcementSwitches').values(to).execute()
    },
    lastSwitch: async (connectionId) => (await switches(db, connectionId).limit(1).executeTakeFirst()) ?? null,
    switches: (connectionId, limit) => switches(db, connectionId).limit(limit).execute(),
  }
}

const toEnforcement = (row: Row<'enforcements'>) => ({ ...row, changes: JSON.parse(row.changes) })

const switches = (db: Kysely<Database>, connectionId: number | null) =>
  db
    .selectFrom('enforcementSwitches')
    .select(['connectionId', 'to', 'by', 'why', 'at'])
    .where('connectionId', connectionId === null ? 'is' : '=', connectionId)
    .orderBy('id', 'desc')
