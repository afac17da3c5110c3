import BetterSqlite3 from 'better-sqlite3'
import { WrongQuery } from '../../model/query.ts'
import { quoted } from './shown-table.ts'

/** A table by its names alone. */
export interface NamedTable {
  readonly name: string
  readonly columns: readonly string[]
}

/**
 * The tables that a statement reads, found by having SQLite compile it on an empty database that is given each table it
 * misses. Throws `WrongQuery` where it would write, or names what there is not.
 */
export function rehearse<Table extends NamedTable>(statement: string, tables: readonly Table[]): Table[] {
  const db = new BetterSqlite3(':memory:')
  const used: Table[] = []
  try {
    for (;;) {
      const missing = missingTable(db, statement, tables, used)
      if (!missing) return used
      db.exec(`create table ${quoted(missing.name)} (${missing.columns.map((name) => quoted(name)).join(', ')})`)
      used.push(missing)
    }
  } finally {
    db.close()
  }
}

function missingTable<Table extends NamedTable>(
  db: BetterSqlite3.Database,
  statement: string,
  tables: readonly Table[],
  used: readonly Table[],
): Table | null {
  try {
    const { reader, readonly } = db.prepare(statement)
    if (reader && readonly) return null
  } catch (error) {
    const { message } = error as Error
    const name = /^no such table: (?:main\.)?(.+)$/i.exec(message)?.[1]
    if (name === undefined) throw wrong(message, used)
    const missing = tables.find((table) => table.name === name.toLowerCase())
    if (missing && !used.includes(missing)) return missing
    throw new WrongQuery(`There is no table ${name}.`, { name, known: tables.map((table) => table.name) })
  }
  throw new WrongQuery('A query only reads: it is one `select`.')
}

function wrong(message: string, used: readonly NamedTable[]): WrongQuery {
  const [, name = ''] = /^no such column: "?([^" ]+)/.exec(message) ?? []
  const column = name.split('.').at(-1) ?? ''
  const known = [...new Set(used.flatMap(({ columns }) => columns))]
  if (!column) return new WrongQuery(`SQLite: ${message}.`)
  const hint = message.includes('"') ? ' Text stands in single quotes.' : ''
  return new WrongQuery(`There is no column ${name}.${hint}`, { name: column, known })
}
