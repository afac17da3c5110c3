import type { Kysely } from 'kysely'
import type { Database } from './tables.ts'

/** All of the work or none of it; a transaction that is open already is joined. */
export function inTransaction<T>(db: Kysely<Database>, work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}
