import type { Kysely } from 'kysely'
import type { Hook, PingProof } from '../model/hook.ts'
import type { HookStore } from '../model/store.ts'
import type { Sealer } from './sealed.ts'
import type { Database, Row } from './tables.ts'

/** The secret's name when it is sealed. */
const identity = (id: string): string => `hook:${id}`

export function hooks(db: Kysely<Database>, sealer: Sealer): HookStore {
  const change = (connectionId: number, id: string, columns: Partial<Row<'hooks'>>) =>
    db.updateTable('hooks').set(columns).where('connectionId', '=', connectionId).where('id', '=', id).execute()
  return {
    list: async (connectionId) => {
      const ofConnection = db.selectFrom('hooks').selectAll().where('connectionId', '=', connectionId)
      return (await ofConnection.orderBy('createdAt').orderBy('id').execute()).map(toHook)
    },
    find: async (id) => {
      const row = await db.selectFrom('hooks').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? { hook: toHook(row), secret: sealer.unseal(identity(id), row.secret) } : null
    },
    make: async ({ secret, ...hook }) => {
      const row = { ...hook, secret: sealer.seal(identity(hook.id), secret) }
      return toHook(await db.insertInto('hooks').values(row).returningAll().executeTakeFirstOrThrow())
    },
    setGitHubId: async (connectionId, id, githubId) => {
      await change(connectionId, id, { githubId })
    },
    setPing: async (connectionId, id, ping) => {
      const columns = pingColumns(ping)
      if (Object.keys(columns).length > 0) await change(connectionId, id, columns)
    },
    secret: async (connectionId, id) => {
      const ofConnection = db.selectFrom('hooks').select('secret').where('connectionId', '=', connectionId)
      const row = await ofConnection.where('id', '=', id).executeTakeFirst()
      return row ? sealer.unseal(identity(id), row.secret) : null
    },
    remove: async (connectionId, id) => {
      await db.deleteFrom('hooks').where('connectionId', '=', connectionId).where('id', '=', id).execute()
    },
  }
}

const toHook = (row: Row<'hooks'>): Hook => ({
  id: row.id,
  connectionId: row.connectionId,
  githubId: row.githubId,
  ping: {
    askedAt: row.pingAskedAt,
    receivedAt: row.pingReceivedAt,
    guid: row.pingGuid,
    provedFor: row.pingProvedFor,
  },
  createdAt: row.createdAt,
})

const pingColumns = ({ askedAt, receivedAt, guid, provedFor }: Partial<PingProof>): Partial<Row<'hooks'>> => ({
  ...(askedAt !== undefined && { pingAskedAt: askedAt }),
  ...(receivedAt !== undefined && { pingReceivedAt: receivedAt }),
  ...(guid !== undefined && { pingGuid: guid }),
  ...(provedFor !== undefined && { pingProvedFor: provedFor }),
})
