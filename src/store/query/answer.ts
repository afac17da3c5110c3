import BetterSqlite3 from 'better-sqlite3'
import { type QueryColumn, type QueryResult, WrongQuery } from '../../model/query.ts'
import { rehearse } from './rehearse.ts'
import { quoted } from './shown-table.ts'

/** A question as it is handed to the process that answers it. */
export interface Question {
  readonly file: string
  readonly statement: string
  readonly limit: number
  /** `select` makes the table of ours; null: it has no past, and the past was asked for. */
  readonly tables: readonly {
    readonly name: string
    readonly columns: readonly string[]
    readonly kinds: readonly QueryColumn['kind'][]
    readonly select: string | null
  }[]
  /** Those that the database must have seen, no more and no less. */
  readonly migrations: readonly string[]
}

type Table = Question['tables'][number]

/**
 * Answers from copies of the tables that the statement reads, made in a temporary database of this process: when the
 * statement is compiled there, the CMDB is attached no longer, so nothing in it can be written, nor read but what is shown.
 * Throws `WrongQuery` where the statement is at fault.
 */
export function answer({ file, statement, limit, tables, migrations }: Question): QueryResult {
  const db = new BetterSqlite3('')
  try {
    const used = rehearse(statement, tables)
    db.pragma('synchronous = off')
    db.prepare('attach ? as source').run(file)
    copy(db, used, migrations)
    db.exec('detach source')
    db.pragma('query_only = on')
    return rowsOf(db, statement, limit, used)
  } finally {
    db.close()
  }
}

/** All in one transaction, so that the tables agree with each other. */
function copy(db: BetterSqlite3.Database, tables: readonly Table[], migrations: readonly string[]): void {
  db.transaction(() => {
    const seen = db.prepare<[], string>('select name from source.kysely_migration order by name').pluck().all()
    if (seen.join() !== migrations.join())
      throw new WrongQuery('The database is of another version of Guardpost: start this one on it first.')
    for (const { name, select } of tables) {
      if (select === null) throw new WrongQuery(`${name} has no past: it is only known as it is now.`)
      db.exec(`create table main.${quoted(name)} as ${select}`)
    }
  })()
}

function rowsOf(db: BetterSqlite3.Database, statement: string, limit: number, used: readonly Table[]): QueryResult {
  try {
    const prepared = db.prepare<[], unknown[]>(statement).raw()
    const columns = prepared.columns()
    const kinds = columns.map(({ table, column }) => kindOf(used, table, column))
    const rows: unknown[][] = []
    for (const row of prepared.iterate()) {
      if (rows.length === limit) return { columns: named(columns), rows, isCut: true }
      rows.push(row.map((value, index) => shown(value, kinds[index])))
    }
    return { columns: named(columns), rows, isCut: false }
  } catch (error) {
    throw new WrongQuery(`SQLite: ${(error as Error).message}.`)
  }
}

const named = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => name)

function kindOf(used: readonly Table[], table: string | null, column: string | null): QueryColumn['kind'] | undefined {
  const found = used.find(({ name }) => name === table)
  return found?.kinds[found.columns.indexOf(column ?? '')]
}

/** SQLite has no truth values, and JSON is text to it. */
function shown(value: unknown, kind: QueryColumn['kind'] | undefined): unknown {
  if (kind === 'flag' && typeof value === 'number') return value === 1
  if (kind === 'json' && typeof value === 'string') return JSON.parse(value)
  return value
}
