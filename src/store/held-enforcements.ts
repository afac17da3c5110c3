import type { Kysely } from 'kysely'
import type { EnforcementStore } from '../model/enforcement-store.ts'
import { amongIds } from './among.ts'
import type { Database, Row } from './tables.ts'

type Held = Pick<EnforcementStore, 'hold' | 'letGo' | 'held' | 'heldOf' | 'heldCensus'>

export const heldEnforcements = (db: Kysely<Database>): Held => {
  const of = (connectionId: number) => db.selectFrom('heldEnforcements').where('connectionId', '=', connectionId)
  return {
    hold: async ({ connectionId, controlId, since, changes, ...held }) => {
      // A refusal is of when GitHub was asked last; all else waits since it first did.
      const columns = { ...held, changes: JSON.stringify(changes), ...(held.kind === 'refused' && { since }) }
      await db
        .insertInto('heldEnforcements')
        .values({ connectionId, controlId, since, ...columns })
        .onConflict((conflict) => conflict.columns(['connectionId', 'controlId']).doUpdateSet(columns))
        .execute()
    },
    letGo: async (connectionId, controlIds) => {
      const some = db.deleteFrom('heldEnforcements').where('connectionId', '=', connectionId)
      await some.where('controlId', 'in', amongIds(controlIds)).execute()
    },
    held: async (connectionId, { kinds, change, after = 0, limit }) => {
      let query = of(connectionId).selectAll().where('controlId', '>', after).orderBy('controlId').limit(limit)
      if (kinds) query = query.where('kind', 'in', kinds)
      if (change !== undefined) query = query.where('change', '=', change)
      return (await query.execute()).map(toHeld)
    },
    heldOf: async (connectionId, controlId) => {
      const row = await of(connectionId).selectAll().where('controlId', '=', controlId).executeTakeFirst()
      return row ? toHeld(row) : null
    },
    heldCensus: (connectionId) =>
      of(connectionId)
        .select(({ fn }) => ['kind', 'change', fn.countAll<number>().as('count')])
        .select(({ fn }) => [fn.min<number | null>('until').as('until'), fn.min('since').as('since')])
        .groupBy(['kind', 'change'])
        .execute(),
  }
}

const toHeld = (row: Row<'heldEnforcements'>) => ({ ...row, changes: JSON.parse(row.changes) })

/** What is gone waits for nothing. */
export async function letGoOf(db: Kysely<Database>, connectionId: number, resourceId: number): Promise<void> {
  await db
    .deleteFrom('heldEnforcements')
    .where('connectionId', '=', connectionId)
    .where('controlId', 'in', ({ selectFrom }) =>
      selectFrom('controls').select('id').where('connectionId', '=', connectionId).where('resourceId', '=', resourceId),
    )
    .execute()
}
