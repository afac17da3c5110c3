import type { Migration } from 'kysely'
import { up as tables } from './0001-tables.ts'
import { up as deliveryLog } from './0002-delivery-log.ts'
import { up as search } from './0003-search.ts'
import { up as access } from './0004-access.ts'
import { up as removal } from './0005-removal.ts'

/** In the order of their numbers. One that was released is never changed: a change is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': { up: tables },
  '0002-delivery-log': { up: deliveryLog },
  '0003-search': { up: search },
  '0004-access': { up: access },
  '0005-removal': { up: removal },
}
