import type { Kysely } from 'kysely'
import type { SessionStore } from '../model/access-store.ts'
import type { Database } from './tables.ts'

const columns = ['id', 'personId', 'address', 'userAgent', 'startedAt', 'lastSeenAt', 'expiresAt'] as const

export function sessions(db: Kysely<Database>): SessionStore {
  const all = () => db.selectFrom('sessions').select(columns)
  return {
    begin: ({ hash, ...session }) =>
      db
        .insertInto('sessions')
        .values({ ...session, hash: Buffer.from(hash), lastSeenAt: session.startedAt })
        .returning(columns)
        .executeTakeFirstOrThrow(),
    byHash: async (hash) => (await all().where('hash', '=', Buffer.from(hash)).executeTakeFirst()) ?? null,
    get: async (id) => (await all().where('id', '=', id).executeTakeFirst()) ?? null,
    list: ({ personId, before, limit }) => {
      let query = all().orderBy('id', 'desc').limit(limit)
      if (personId !== undefined) query = query.where('personId', '=', personId)
      if (before !== undefined) query = query.where('id', '<', before)
      return query.execute()
    },
    setSeen: async (id, at) => {
      await db.updateTable('sessions').set({ lastSeenAt: at }).where('id', '=', id).execute()
    },
    end: async (id) => {
      const { numDeletedRows } = await db.deleteFrom('sessions').where('id', '=', id).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
    endAllOf: async (personId) => {
      await db.deleteFrom('sessions').where('personId', '=', personId).execute()
    },
    prune: async (now, idleSince) => {
      await db
        .deleteFrom('sessions')
        .where(({ eb, or }) => or([eb('expiresAt', '<=', now), eb('lastSeenAt', '<=', idleSince)]))
        .execute()
    },
  }
}
