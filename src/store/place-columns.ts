import { type Kysely, sql } from 'kysely'
import type { Authorship, PolicyPlace } from '../model/policy.ts'
import { type Selector, selectorKey } from '../model/selector.ts'
import type { Condition } from './search/reach.ts'
import type { Database, Row } from './tables.ts'

type Placed = PolicyPlace & { readonly selector: Selector | null }

/** A place and a selector as columns. */
export const placeColumns = ({ folderId, connectionId, resourceId, selector }: Placed) => ({
  folderId,
  connectionId,
  resourceId,
  selector: selectorKey(selector),
})

/** The rows at a place; the connection is named as well as the resource. */
export const atPlace = ({ folderId, connectionId, resourceId }: PolicyPlace): Condition =>
  sql`folder_id is ${folderId} and connection_id is ${connectionId} and resource_id is ${resourceId}`

/** The rows of a connection, those at folders, or both. */
export const ofPlaces = (connectionId: number | null, folderIds: readonly number[]): Condition =>
  sql`(connection_id = ${connectionId} or folder_id in (${sql.join([0, ...folderIds])}))`

export const authorshipColumns = ({ source, origin, setBy }: Authorship) => ({
  source,
  origin: origin && JSON.stringify(origin),
  setBy,
})

/** What is kept as text, as it was. The check of the table sees to it that the place is of one kind or the other. */
export function readPlaced<R extends Row<'policySettings'> | Row<'policyAttachments'>>(row: R) {
  const { selector, origin, ...rest } = row
  return {
    ...rest,
    selector: selector === '' ? null : (JSON.parse(selector) as Selector),
    origin: origin === null ? null : (JSON.parse(origin) as Authorship['origin']),
  }
}

/** How many rows of a table there are at the place, by the highest position. */
export async function lastPosition(db: Kysely<Database>, place: PolicyPlace): Promise<number> {
  const last = db
    .selectFrom('policyAttachments')
    .select(({ fn }) => fn.max<number | null>('position').as('position'))
    .where(atPlace(place))
  return (await last.executeTakeFirst())?.position ?? 0
}
