import type { Kysely } from 'kysely'
import type { Connection } from '../model/connection.ts'
import type { ConnectionStore } from '../model/store.ts'
import type { Sealer } from './sealed.ts'
import type { Database } from './tables.ts'

export const connectionColumns = [
  'id',
  'kind',
  'organizationId',
  'organizationNodeId',
  'login',
  'installationId',
  'status',
  'createdAt',
] as const

/** The token's name when it is sealed. */
const identity = (id: number): string => `token:${id}`

export function connections(db: Kysely<Database>, sealer: Sealer): ConnectionStore {
  const all = () => db.selectFrom('connections').select(connectionColumns)
  const found = (row: Connection | undefined): Connection | null => row ?? null
  return {
    list: () => all().orderBy('id').execute(),
    get: async (id) => found(await all().where('id', '=', id).executeTakeFirst()),
    byInstallation: async (installationId) =>
      found(await all().where('installationId', '=', installationId).executeTakeFirst()),
    byOrganization: async (kind, organizationId) =>
      found(await all().where('kind', '=', kind).where('organizationId', '=', organizationId).executeTakeFirst()),
    save: (connection, now) =>
      db
        .insertInto('connections')
        .values({ ...connection, status: 'active', createdAt: now })
        .onConflict((conflict) =>
          conflict.columns(['kind', 'organizationId']).doUpdateSet((eb) => ({
            organizationNodeId: eb.ref('excluded.organizationNodeId'),
            login: eb.ref('excluded.login'),
            installationId: eb.ref('excluded.installationId'),
            status: 'active',
            removal: null,
            createdAt: eb
              .case()
              .when('connections.status', '=', 'removed')
              .then(eb.ref('excluded.createdAt'))
              .else(eb.ref('connections.createdAt'))
              .end(),
          })),
        )
        .returning(connectionColumns)
        .executeTakeFirstOrThrow(),
    setLogin: async (id, login) => {
      await db.updateTable('connections').set({ login }).where('id', '=', id).execute()
    },
    setStatus: async (id, status) => {
      const staying = db
        .updateTable('connections')
        .where('id', '=', id)
        .where('status', 'not in', ['removing', 'removed'])
      await staying.set({ status }).execute()
    },
    setToken: async (id, token) => {
      const sealed = sealer.seal(identity(id), token)
      await db.updateTable('connections').set({ token: sealed }).where('id', '=', id).execute()
    },
    dropToken: async (id) => {
      await db.updateTable('connections').set({ token: null }).where('id', '=', id).execute()
    },
    removal: async (id) => {
      const row = await db.selectFrom('connections').select('removal').where('id', '=', id).executeTakeFirst()
      return row?.removal ? JSON.parse(row.removal) : null
    },
    setRemoval: async (id, removal) => {
      const status = removal.step === null ? 'removed' : 'removing'
      const columns = { status, removal: JSON.stringify(removal) } as const
      await db.updateTable('connections').set(columns).where('id', '=', id).execute()
    },
    token: async (id) => {
      const row = await db.selectFrom('connections').select('token').where('id', '=', id).executeTakeFirst()
      return row?.token ? sealer.unseal(identity(id), row.token) : null
    },
  }
}
