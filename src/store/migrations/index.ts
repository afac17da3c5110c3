import type { Migration } from 'kysely'
import * as tables from './0001-tables.ts'

/** In the order of their numbers. One that was released is never changed: a change is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': tables,
}
