/** What may be asked in SQL: tables to read from, by the names people see. */
export interface QueryTable {
  readonly name: string
  readonly about: string
  readonly columns: readonly QueryColumn[]
  /** Whether it can be shown as of a past moment. */
  readonly hasPast: boolean
}

export interface QueryColumn {
  readonly name: string
  readonly kind: 'text' | 'number' | 'flag' | 'time' | 'json'
  readonly about: string
}

export interface QueryOptions {
  /** Shows the tables as they were at that moment, in milliseconds. */
  readonly asOf?: number
  /** At most so many rows. */
  readonly limit: number
  /** For no longer than so many milliseconds. */
  readonly timeout: number
}

export interface QueryResult {
  readonly columns: readonly string[]
  /** In the order of the columns. Flags are true or false and JSON is parsed, where a column is selected as it is. */
  readonly rows: readonly (readonly unknown[])[]
  /** There are more rows than were asked for. */
  readonly isCut: boolean
}

/** Asks the CMDB in SQL. Nothing can be written, and nothing but the tables can be read. */
export interface Queries {
  readonly tables: readonly QueryTable[]
  /** Throws `WrongQuery` where the statement is at fault. */
  run(statement: string, options: QueryOptions): Promise<QueryResult>
}

/** A statement that cannot be carried out; the message says why. */
export class WrongQuery extends Error {
  /** A name that is not known, and those of its kind that are. */
  readonly unknown: { readonly name: string; readonly known: readonly string[] } | null

  constructor(message: string, unknown: WrongQuery['unknown'] = null) {
    super(message)
    this.unknown = unknown
  }
}
