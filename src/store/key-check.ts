import type { Kysely } from 'kysely'
import type { Sealer } from './sealed.ts'
import type { Database } from './tables.ts'

const name = 'key-check'

/** Tells a wrong secret key when the store is opened, rather than when the first secret is needed. */
export async function checkKey(db: Kysely<Database>, sealer: Sealer): Promise<void> {
  const fresh = { name, value: sealer.seal(name, name) }
  await db
    .insertInto('facts')
    .values(fresh)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  try {
    sealer.unseal(name, value)
  } catch {
    throw new Error(
      'The secret key is not the one this database was made with, so the secrets in it do not open. Start with that ' +
        'key: GUARDPOST_SECRET_KEY as it was, or the key file restored to its place (it is kept apart from backups).',
    )
  }
}
