import { CompiledQuery, type Kysely, type QueryResult } from 'kysely'
import type { Database } from './tables.ts'

/** Rows in one statement: few sizes, so that each statement is prepared once and kept. */
const sizes = [64, 16, 4, 1]

/**
 * Inserts many rows by statements written once: where thousands a second come, building a query for each group of them
 * costs as much as carrying it out. `values` gives a row's columns in their order; `rest` follows the rows.
 */
export function rowInserter<Item, Returned = never>(
  table: string,
  columns: readonly string[],
  rest: string,
  values: (item: Item) => readonly unknown[],
): (db: Kysely<Database>, items: readonly Item[]) => Promise<Returned[]> {
  const row = `(${columns.map(() => '?').join(',')})`
  const statements = new Map(
    sizes.map((size) => {
      const rows = Array.from({ length: size }, () => row).join(',')
      return [size, `insert into ${table} (${columns.join(',')}) values ${rows} ${rest}`]
    }),
  )
  return async (db, items) => {
    const returned: Returned[] = []
    for (let from = 0; from < items.length; ) {
      const size = sizes.find((each) => each <= items.length - from) ?? 1
      const parameters = items.slice(from, from + size).flatMap(values)
      const query = CompiledQuery.raw(statements.get(size) ?? '', parameters) as CompiledQuery<Returned>
      const { rows }: QueryResult<Returned> = await db.executeQuery(query)
      for (const each of rows) returned.push(each)
      from += size
    }
    return returned
  }
}
