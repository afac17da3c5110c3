import { sql } from 'kysely'

/** For `in`, however many there are: the statement stays the same, and is prepared once. */
export const amongIds = (ids: readonly number[]) => sql<number>`(select value from json_each(${JSON.stringify(ids)}))`

export const amongTexts = (texts: readonly string[]) =>
  sql<string>`(select value from json_each(${JSON.stringify(texts)}))`
