import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type PluginTransformQueryArgs,
  type RootOperationNode,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './tables.ts'

const busyTimeoutMs = 5_000

/**
 * How many pages of 4 kB are written to the WAL before they are copied into the database: of a page that changes again and
 * again, as those of indexes do, only the last is.
 */
const pagesInWal = 8_000

/** Enough for every statement we have; those with lists of values come in many lengths and push each other out. */
const statementsKept = 250

/**
 * Opens an SQLite file (or `:memory:`), making it and its folder where they are not there.
 * One connection, which Kysely hands to one query or one whole transaction at a time.
 */
export function connect(file: string): Kysely<Database> {
  if (file !== ':memory:') makeFile(file)
  const database = open(file)
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new ImmediateDriver(database),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SnakeCaseCompiler(),
    },
    plugins: [new CamelCaseRows()],
  })
}

/** SQLite gives the files beside it (`-wal`, `-shm`) the mode of the database. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

function open(file: string): BetterSqlite3.Database {
  const database = new BetterSqlite3(file, { timeout: busyTimeoutMs })
  try {
    database.pragma('journal_mode = WAL')
    // Not kept in the file: a reopened WAL database is back at NORMAL, which may lose the last commits with the power.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma(`wal_autocheckpoint = ${pagesInWal}`)
    return database
  } catch (error) {
    database.close()
    throw new Error(`The database ${file} cannot be opened: ${error}`, { cause: error })
  }
}

/** Names as the database has them, turned where they are written: the plugin makes a second tree of every query for it. */
class SnakeCaseCompiler extends SqliteQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return super.sanitizeIdentifier(identifier).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  }
}

class CamelCaseRows extends CamelCasePlugin {
  override transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return node
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: BetterSqlite3.Database

  constructor(database: BetterSqlite3.Database) {
    super({ database: withStatementsKept(database) })
    this.#database = database
  }

  /** A transaction that reads before it writes fails at once (no waiting) where another process wrote in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** After a full disk or an I/O error SQLite has rolled back itself; a second one would hide the error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'))
  }
}

function withStatementsKept(database: BetterSqlite3.Database) {
  const kept = new Map<string, BetterSqlite3.Statement<unknown[]>>()
  const prepare = (sql: string) => {
    const statement = kept.get(sql) ?? database.prepare<unknown[]>(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    const [oldest] = kept.keys()
    if (kept.size > statementsKept && oldest !== undefined) kept.delete(oldest)
    return statement
  }
  return { prepare, close: () => void database.close() }
}

/** Errors of one row's values, not of the store: with other rows the same statement may succeed. */
export function concernsOneRow(error: unknown): boolean {
  if (error instanceof Error && ['TypeError', 'RangeError'].includes(error.name)) return true
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return typeof code === 'string' && /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(code)
}
