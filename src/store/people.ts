import type { Kysely } from 'kysely'
import type { Person } from '../model/access.ts'
import type { PersonStore } from '../model/access-store.ts'
import type { Database, Row } from './tables.ts'

const columns = ['id', 'kind', 'login', 'githubId', 'mustChangePassword', 'createdAt', 'lastSeenAt'] as const

export function people(db: Kysely<Database>): PersonStore {
  const all = () => db.selectFrom('people').select(columns)
  return {
    list: async ({ after = 0, limit }) => {
      const rows = await all().where('id', '>', after).orderBy('id').limit(limit).execute()
      return rows.map(toPerson)
    },
    get: async (id) => found(await all().where('id', '=', id).executeTakeFirst()),
    named: async (kind, login) => {
      const rows = await all().where('kind', '=', kind).where('login', '=', login).orderBy('id').execute()
      return rows.map(toPerson)
    },
    byGitHubId: async (githubId) => found(await all().where('githubId', '=', githubId).executeTakeFirst()),
    make: async ({ mustChangePassword, ...person }, now) => {
      const row = { ...person, mustChangePassword: flag(mustChangePassword), createdAt: now, lastSeenAt: null }
      const made = db
        .insertInto('people')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
      return found(await made.returning(columns).executeTakeFirst())
    },
    password: async (id) => {
      const row = await db.selectFrom('people').select('password').where('id', '=', id).executeTakeFirst()
      return row?.password ?? null
    },
    setPassword: async (id, password, mustChange) => {
      const change = { password, mustChangePassword: flag(mustChange) }
      await db.updateTable('people').set(change).where('id', '=', id).execute()
    },
    setGitHub: async (id, account) => {
      await db.updateTable('people').set(account).where('id', '=', id).execute()
    },
    setSeen: async (id, at) => {
      await db.updateTable('people').set({ lastSeenAt: at }).where('id', '=', id).execute()
    },
    remove: async (id) => {
      const { numDeletedRows } = await db.deleteFrom('people').where('id', '=', id).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

const flag = (is: boolean): 0 | 1 => (is ? 1 : 0)

type PersonRow = Pick<Row<'people'>, (typeof columns)[number]>

const toPerson = (row: PersonRow): Person => ({ ...row, mustChangePassword: row.mustChangePassword === 1 })

const found = (row: PersonRow | undefined): Person | null => (row ? toPerson(row) : null)
