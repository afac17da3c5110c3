import { CompiledQuery, type Kysely } from 'kysely'
import type { Database } from './tables.ts'

const normal = CompiledQuery.raw('pragma synchronous = normal')
const full = CompiledQuery.raw('pragma synchronous = full')

/**
 * Writes without waiting for the disk, what may be lost with the power: nobody was told of it, and it is done again. A
 * crash of the process loses nothing, and a later commit that waits makes what came before it last as well.
 */
export function relaxed<T>(db: Kysely<Database>, work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.connection().execute(async (db) => {
    await db.executeQuery(normal)
    try {
      return await work(db)
    } finally {
      await db.executeQuery(full)
    }
  })
}
