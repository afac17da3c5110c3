import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Filter } from '../../model/filter.ts'
import type { Key } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { allOf, anyOf, type Condition, isAny, nothing, type Reach, reachBelow, within } from './reach.ts'

/** What one list is made of, as far as filters and scopes go. */
export interface Searched {
  /** The columns that words are looked for in. */
  readonly words: readonly (string | RawBuilder<string>)[]
  readonly connectionId: string
  readonly resourceId: string
  /** Terms that are simply the value of a column. */
  readonly columns?: Readonly<Record<string, string>>
  /** Terms that are the id of a resource in a column. */
  readonly ids?: Readonly<Record<string, string>>
  /** Other terms; what they mean together. */
  readonly terms?: Readonly<Record<string, (values: readonly string[]) => Condition | Promise<Condition>>>
}

/** All that a filter asks for. What is of a resource itself counts as `under:` it as well, unless a list says otherwise. */
export async function conditionsOf(
  db: Kysely<Database>,
  { words, terms }: Filter,
  searched: Searched,
): Promise<Condition[]> {
  const asked = await Promise.all(
    terms.map(async ({ name, values, isNot }) => {
      const condition = await meaning(db, searched, name, values)
      return isNot ? sql<SqlBool>`not coalesce(${condition}, 0)` : condition
    }),
  )
  return [
    ...asked,
    ...words.map(({ text, isNot }) =>
      isNot ? sql<SqlBool>`not ${has(searched.words, text)}` : has(searched.words, text),
    ),
  ]
}

async function meaning(
  db: Kysely<Database>,
  { columns = {}, ids = {}, terms = {}, ...place }: Searched,
  name: string,
  values: readonly string[],
): Promise<Condition> {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined
  if (column !== undefined) return isAny(sql.ref(column), values)
  const id = Object.hasOwn(ids, name) ? ids[name] : undefined
  if (id !== undefined) return anyOf(values.map((value) => isResource(place.connectionId, id, Number(value))))
  if (Object.hasOwn(terms, name)) return terms[name]?.(values) ?? nothing
  if (name === 'under') return within(await reachBelow(db, values.map(Number)), place) ?? nothing
  if (name === 'connection') return isAny(sql.ref(place.connectionId), await connectionIds(db, values))
  throw new Error(`The term ${name} means nothing here.`)
}

/** The connection is named as well: every index of them begins with it. */
const isResource = (connectionId: string, column: string, id: number): Condition =>
  sql`(${sql.ref(connectionId)} = (select connection_id from resources where id = ${id}) and ${sql.ref(column)} = ${id})`

async function connectionIds(db: Kysely<Database>, logins: readonly string[]): Promise<number[]> {
  const wanted = logins.map((login) => login.toLowerCase())
  const all = await db.selectFrom('connections').select(['id', 'login']).execute()
  return all.filter(({ login }) => wanted.includes(login.toLowerCase())).map(({ id }) => id)
}

/** SQLite's `like` knows the letters of ASCII as the same in upper and lower case. */
const has = (columns: Searched['words'], text: string): Condition => {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return anyOf(
    columns.map(
      (column) =>
        sql<SqlBool>`coalesce(${typeof column === 'string' ? sql.ref(column) : column}, '') like ${pattern} escape '\\'`,
    ),
  )
}

/** What may be seen of a list, of what is asked for. */
export async function seen(
  db: Kysely<Database>,
  reach: Reach,
  filter: Filter,
  searched: Searched,
  more: readonly (Condition | null)[] = [],
): Promise<Condition> {
  return allOf([within(reach, searched), ...more, ...(await conditionsOf(db, filter, searched))])
}

/** Rows after a key, in the order of these columns. */
export const after = (columns: readonly string[], key: Key | null): Condition | null => {
  if (key === null) return null
  if (key.length !== columns.length) return nothing
  return sql`(${sql.join(columns.map((column) => sql.ref(column)))}) > (${sql.join(key)})`
}

/** Rows before an id: newest first. */
export const before = (column: string, key: Key | null): Condition | null => {
  if (key === null) return null
  const [id, ...more] = key
  return typeof id === 'number' && more.length === 0 ? sql`${sql.ref(column)} < ${id}` : nothing
}
