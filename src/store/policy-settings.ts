import { type Kysely, sql } from 'kysely'
import type { PolicySetting } from '../model/policy.ts'
import type { Governing } from '../model/policy-pack.ts'
import type { PolicyStore } from '../model/policy-store.ts'
import { selectorKey } from '../model/selector.ts'
import { toAttachment } from './attachments.ts'
import { foldersAbove, foldersFrom } from './folders.ts'
import { toPack } from './packs.ts'
import { atPlace, authorshipColumns, ofPlaces, placeColumns, readPlaced } from './place-columns.ts'
import type { Database, Row } from './tables.ts'

/** Places have no null of their own in the index, as SQLite takes two nulls for different. */
const once = sql`coalesce(folder_id, 0), coalesce(connection_id, 0), coalesce(resource_id, 0), path, selector`

export function policySettings(db: Kysely<Database>): PolicyStore {
  const all = () => db.selectFrom('policySettings').selectAll()
  return {
    list: async (connectionId, path) => {
      const own = all().where('connectionId', '=', connectionId)
      const settings = await (path === undefined ? own : own.where('path', '=', path)).execute()
      return settings.map(toSetting).toSorted((a, b) => a.id - b.id)
    },
    ofFolder: async (folderId) => (await all().where('folderId', '=', folderId).orderBy('id').execute()).map(toSetting),
    set: async (setting, now) => {
      const { path, value, expression, precedence, note, startsAt, expiresAt } = setting
      const rule = { expression, precedence, note, startsAt, expiresAt, value: value && JSON.stringify(value) }
      const answer = { ...rule, ...authorshipColumns(setting), createdAt: now }
      const row = await db
        .insertInto('policySettings')
        .values({ ...placeColumns(setting), path, ...answer })
        .onConflict((conflict) => conflict.expression(once).doUpdateSet(answer))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toSetting(row)
    },
    unset: async (setting) => {
      const { numDeletedRows } = await db
        .deleteFrom('policySettings')
        .where(atPlace(setting))
        .where('path', '=', setting.path)
        .where('selector', '=', selectorKey(setting.selector))
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    governing: async (connectionId) => governing(db, await foldersAbove(db, connectionId), connectionId),
    governingFolder: async (folderId) => governing(db, await foldersFrom(db, folderId), null),
  }
}

async function governing(
  db: Kysely<Database>,
  folders: Governing['folders'],
  connectionId: number | null,
): Promise<Governing> {
  const places = ofPlaces(
    connectionId,
    folders.map(({ id }) => id),
  )
  const settings = await db.selectFrom('policySettings').selectAll().where(places).orderBy('id').execute()
  const attached = db.selectFrom('policyAttachments').where(places)
  const attachments = await attached.selectAll().orderBy('position').orderBy('id').execute()
  const packIds = attachments.flatMap(({ packId }) => (packId === null ? [] : [packId]))
  const packs =
    packIds.length === 0 ? [] : await db.selectFrom('policyPacks').selectAll().where('id', 'in', packIds).execute()
  return {
    folders,
    settings: settings.map(toSetting),
    attachments: attachments.map(toAttachment),
    packs: packs.map(toPack),
  }
}

export const toSetting = (row: Row<'policySettings'>): PolicySetting =>
  ({ ...readPlaced(row), value: row.value === null ? null : JSON.parse(row.value) }) as PolicySetting
