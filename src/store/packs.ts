import { type Kysely, sql } from 'kysely'
import type { StoredPack } from '../model/policy-pack.ts'
import type { PackStore } from '../model/policy-store.ts'
import { authorshipColumns } from './place-columns.ts'
import type { Database, Row } from './tables.ts'

const once = sql`coalesce(connection_id, 0), name`

export function packs(db: Kysely<Database>): PackStore {
  const all = () => db.selectFrom('policyPacks').selectAll()
  return {
    list: async (connectionId) =>
      (await all().where('connectionId', 'is', connectionId).orderBy('name').execute()).map(toPack),
    get: async (connectionId, id) => {
      const pack = await all().where('id', '=', id).executeTakeFirst()
      return pack && (pack.connectionId === null || pack.connectionId === connectionId) ? toPack(pack) : null
    },
    save: async (pack, now) => {
      const { connectionId, name, title, description, settings } = pack
      const said = { title, description, settings: JSON.stringify(settings), ...authorshipColumns(pack) }
      const row = await db
        .insertInto('policyPacks')
        .values({ connectionId, name, ...said, createdAt: now })
        .onConflict((conflict) => conflict.expression(once).doUpdateSet({ ...said, createdAt: now }))
        .returningAll()
        .executeTakeFirstOrThrow()
      return toPack(row)
    },
    remove: async (connectionId, id) => {
      const own = db.deleteFrom('policyPacks').where('id', '=', id).where('connectionId', 'is', connectionId)
      return (await own.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

export const toPack = ({ settings, origin, ...row }: Row<'policyPacks'>): StoredPack => ({
  ...row,
  settings: JSON.parse(settings),
  origin: origin === null ? null : JSON.parse(origin),
})
