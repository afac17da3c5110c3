import type { Kysely } from 'kysely'
import type { Grant, GrantPlace, NewGrant } from '../model/access.ts'
import type { GrantStore } from '../model/access-store.ts'
import { foldersFrom } from './folders.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Row } from './tables.ts'

export function grants(db: Kysely<Database>): GrantStore {
  const all = () => db.selectFrom('grants').selectAll()
  return {
    of: async (personIds) => {
      if (personIds.length === 0) return []
      return (await all().where('personId', 'in', personIds).orderBy('id').execute()).map(toGrant)
    },
    get: async (id) => {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row ? toGrant(row) : null
    },
    give: (grant, now) => inTransaction(db, (db) => give(db, grant, now)),
    take: async (id) => {
      const { numDeletedRows } = await db.deleteFrom('grants').where('id', '=', id).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
    reaching: async (folderId) => {
      const ids = (await foldersFrom(db, folderId)).map(({ id }) => id)
      return (await all().where('folderId', 'in', ids).orderBy('id').execute()).map(toGrant)
    },
    ownersEverywhere: async () => {
      const owners = db
        .selectFrom('grants')
        .innerJoin('people', 'people.id', 'grants.personId')
        .select('people.id')
        .where('grants.role', '=', 'Owner')
        .where('grants.resourceId', 'is', null)
        .where('grants.folderId', 'is', null)
        .where(({ eb, or }) => or([eb('people.kind', '=', 'local'), eb('people.githubId', 'is not', null)]))
      return (await owners.execute()).map(({ id }) => id)
    },
  }
}

async function give(db: Kysely<Database>, { place, ...grant }: NewGrant, now: number): Promise<Grant> {
  const at = columnsOf(place)
  const before = db.deleteFrom('grants').where('personId', '=', grant.personId)
  await before.where('resourceId', 'is', at.resourceId).where('folderId', 'is', at.folderId).execute()
  const row = { ...grant, ...at, grantedAt: now }
  return toGrant(await db.insertInto('grants').values(row).returningAll().executeTakeFirstOrThrow())
}

const nowhere = { connectionId: null, resourceId: null, folderId: null }

const columnsOf = (place: GrantPlace) => (place === 'everywhere' ? nowhere : { ...nowhere, ...place })

const toGrant = ({ connectionId, resourceId, folderId, ...row }: Row<'grants'>): Grant => ({
  ...row,
  place: placeOf(connectionId, resourceId, folderId),
})

function placeOf(connectionId: number | null, resourceId: number | null, folderId: number | null): GrantPlace {
  if (folderId !== null) return { folderId }
  return connectionId === null || resourceId === null ? 'everywhere' : { connectionId, resourceId }
}
