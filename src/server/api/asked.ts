import { z } from '@hono/zod-openapi'
import { parseFilter, type Terms } from '../../model/filter.ts'
import type { FieldChange } from '../../model/resource.ts'
import type { Key, Page, PageAsked } from '../../model/search.ts'
import { Problem } from './problem.ts'
import { listQuery } from './shapes/page.ts'

const key = z
  .array(z.union([z.string(), z.int()]))
  .min(1)
  .max(4)

/** A cursor says where a page ended, and no more: what may be seen is asked anew with each page. */
const cursorOf = (next: Key): string => Buffer.from(JSON.stringify(next)).toString('base64url')

const noCursor = () => new Problem(400, 'The cursor is none: take it from `next` of the page before, or leave it out.')

/** Where the page before ended. Throws a `Problem` where it is no cursor. */
export function keyOf(cursor: string): Key {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw noCursor()
  }
}

/** What a list is asked, read and checked. Throws a `Problem` that says what would be right. */
export function asked(query: z.infer<typeof listQuery>, terms: Terms, now: number): PageAsked {
  const parsed = parseFilter(query.filter ?? '', terms)
  if ('fault' in parsed) throw new Problem(400, parsed.fault)
  return {
    filter: parsed.filter,
    after: query.cursor === undefined ? null : keyOf(query.cursor),
    limit: query.limit,
    now,
  }
}

/** A page as it is answered. */
export const told = <Row, Item>({ rows, next, total }: Page<Row>, tell: (row: Row) => Item) => ({
  items: rows.map(tell),
  next: next && cursorOf(next),
  ...(total !== null && { total }),
})

export const moment = (ms: number): string => new Date(ms).toISOString()
export const momentOrNull = (ms: number | null): string | null => (ms === null ? null : moment(ms))

/** What JSON cannot say is null. */
export const tellChange = ({ field, before, after }: FieldChange) => ({
  field,
  before: before ?? null,
  after: after ?? null,
})

/** What a list of history is asked, which is by its numbers alone. */
export const pageQuery = listQuery.omit({ filter: true })

/** The number that a cursor of such a list names; null: from the newest. */
export function numberOf({ cursor }: { cursor?: string | undefined }): number | null {
  if (cursor === undefined) return null
  const [number] = keyOf(cursor)
  if (typeof number !== 'number') throw noCursor()
  return number
}

/** A page of rows of which one more than the limit was read. */
export function numbered<Row>(rows: readonly Row[], limit: number, numberOf: (row: Row) => number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf([numberOf(last)]) : null }
}
