import type { Kysely } from 'kysely'
import type { ControlStore } from '../model/control-store.ts'
import { amongIds } from './among.ts'
import type { Database } from './tables.ts'

export const mutes = (db: Kysely<Database>): Pick<ControlStore, 'mute' | 'mutesOf' | 'setMute' | 'liftMute'> => ({
  mute: async (connectionId, controlId) =>
    (await db
      .selectFrom('mutes')
      .selectAll()
      .where('connectionId', '=', connectionId)
      .where('controlId', '=', controlId)
      .executeTakeFirst()) ?? null,
  mutesOf: (connectionId, controlIds) =>
    db
      .selectFrom('mutes')
      .selectAll()
      .where('connectionId', '=', connectionId)
      .where('controlId', 'in', amongIds(controlIds))
      .execute(),
  setMute: async ({ connectionId, controlId, ...mute }) => {
    await db
      .insertInto('mutes')
      .values({ connectionId, controlId, ...mute })
      .onConflict((conflict) => conflict.columns(['connectionId', 'controlId']).doUpdateSet(mute))
      .execute()
  },
  liftMute: async (connectionId, controlId) => {
    const { numDeletedRows } = await db
      .deleteFrom('mutes')
      .where('connectionId', '=', connectionId)
      .where('controlId', '=', controlId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
})

/** Whoever comes back is judged anew, and seen. */
export async function liftMutesOf(db: Kysely<Database>, connectionId: number, resourceId: number): Promise<void> {
  await db
    .deleteFrom('mutes')
    .where('connectionId', '=', connectionId)
    .where('controlId', 'in', ({ selectFrom }) =>
      selectFrom('controls').select('id').where('connectionId', '=', connectionId).where('resourceId', '=', resourceId),
    )
    .execute()
}
