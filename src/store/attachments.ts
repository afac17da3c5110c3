import { type Kysely, sql } from 'kysely'
import type { NewPolicyAttachment, PolicyAttachment } from '../model/policy-pack.ts'
import type { AttachmentStore } from '../model/policy-store.ts'
import { inTransaction } from './in-transaction.ts'
import { atPlace, authorshipColumns, lastPosition, placeColumns, readPlaced } from './place-columns.ts'
import type { Database, Row } from './tables.ts'

const once = sql`coalesce(folder_id, 0), coalesce(connection_id, 0), coalesce(resource_id, 0), coalesce(pack_id, 0),
  coalesce(shipped_pack, ''), selector`

export function attachments(db: Kysely<Database>): AttachmentStore {
  const inOrder = (on = db) => on.selectFrom('policyAttachments').selectAll().orderBy('position').orderBy('id')
  return {
    list: async (connectionId) =>
      (await inOrder().where('connectionId', '=', connectionId).execute()).map(toAttachment),
    ofFolder: async (folderId) => (await inOrder().where('folderId', '=', folderId).execute()).map(toAttachment),
    ofPack: async (packId) => (await inOrder().where('packId', '=', packId).execute()).map(toAttachment),
    add: (attachment, now) => inTransaction(db, (db) => add(db, attachment, now)),
    order: (place, ids) =>
      inTransaction(db, async (db) => {
        const known = await inOrder(db).where(atPlace(place)).execute()
        const first = ids.filter((id) => known.some((each) => each.id === id))
        const rest = known.map(({ id }) => id).filter((id) => !first.includes(id))
        for (const [index, id] of [...first, ...rest].entries())
          await db
            .updateTable('policyAttachments')
            .set({ position: index + 1 })
            .where('id', '=', id)
            .execute()
      }),
    remove: async (place, id) => {
      const one = db.deleteFrom('policyAttachments').where(atPlace(place)).where('id', '=', id)
      return (await one.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** An organization attaches its own packs and the operator's, whatever it names; a folder the operator's only. */
async function add(db: Kysely<Database>, attachment: NewPolicyAttachment, now: number): Promise<PolicyAttachment> {
  const { packId, shippedPack, position, connectionId } = attachment
  const pack =
    packId === null ? null : await db.selectFrom('policyPacks').selectAll().where('id', '=', packId).executeTakeFirst()
  if (packId !== null && !(pack && (pack.connectionId === null || pack.connectionId === connectionId)))
    throw new Error(`There is no policy pack ${packId} to attach here.`)
  const said = { position: position ?? (await lastPosition(db, attachment)) + 1, ...authorshipColumns(attachment) }
  const row = await db
    .insertInto('policyAttachments')
    .values({ ...placeColumns(attachment), packId, shippedPack, ...said, createdAt: now })
    .onConflict((conflict) => conflict.expression(once).doUpdateSet({ source: sql`source` }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return toAttachment(row)
}

export const toAttachment = (row: Row<'policyAttachments'>): PolicyAttachment => readPlaced(row) as PolicyAttachment
