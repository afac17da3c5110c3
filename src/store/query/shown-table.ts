import type { QueryColumn, QueryTable } from '../../model/query.ts'

/** A column, and how SQLite makes it of a row of ours: now, and of a past moment where that differs. */
export interface ShownColumn extends QueryColumn {
  readonly sql: string
  /** `null`: what it was then is not remembered. */
  readonly past?: string
}

/** A table that is shown to people: only these columns of only these rows. */
export interface ShownTable extends QueryTable {
  readonly columns: readonly ShownColumn[]
  /** What follows `from`. */
  readonly now: string
  /** The same as of a moment in milliseconds; null where nobody remembers. */
  readonly past: ((time: number) => string) | null
}

/** The statement that shows a table; `asOf` in milliseconds. Throws where it has no past. */
export function selectOf({ name, columns, now, past: pastOf }: ShownTable, asOf?: number): string {
  if (asOf === undefined) return `select ${listed(columns, ({ sql }) => sql)} from ${now}`
  if (!pastOf) throw new Error(`${name} has no past.`)
  return `select ${listed(columns, ({ sql, past }) => past ?? sql)} from ${pastOf(asOf)}`
}

const listed = (columns: readonly ShownColumn[], sql: (column: ShownColumn) => string): string =>
  columns.map((column) => `${sql(column)} as ${quoted(column.name)}`).join(', ')

/** A name, or (with single quotes) a text, in SQL. */
export const quoted = (name: string, by: '"' | "'" = '"'): string => by + name.replaceAll(by, by + by) + by

/** ISO 8601 in UTC, of a column in milliseconds. */
const isoTime = (sql: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${sql} / 1000.0, 'unixepoch')`

const column =
  (kind: QueryColumn['kind'], wrap = (sql: string) => sql) =>
  (name: string, about: string, sql = quoted(name), past?: string): ShownColumn => ({
    name,
    kind,
    about,
    sql: wrap(sql),
    ...(past !== undefined && { past: wrap(past) }),
  })

export const text = column('text')
export const number = column('number')
export const json = column('json')
export const time = column('time', isoTime)
