import { type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { Database } from '../tables.ts'

/** How far a scope reaches: whole connections, and what is below resources within others. */
export type Reach = 'everything' | { readonly connections: readonly number[]; readonly below: readonly Place[] }

interface Place {
  readonly connectionId: number
  readonly resourceId: number
}

export type Condition = RawBuilder<SqlBool>

export async function reachOf(db: Kysely<Database>, scope: Scope): Promise<Reach> {
  if (scope === 'everything') return scope
  const reach = await reachBelow(
    db,
    scope.map(({ resourceId }) => resourceId),
  )
  return reach
}

/** Everything of a connection is below its organization: so it need not be walked through. */
export async function reachBelow(
  db: Kysely<Database>,
  resourceIds: readonly number[],
): Promise<Exclude<Reach, string> & { readonly roots: readonly number[] }> {
  if (resourceIds.length === 0) return { connections: [], below: [], roots: [] }
  const rows = await db
    .selectFrom('resources')
    .innerJoin('connections', 'connections.id', 'resources.connectionId')
    .select(['resources.id as resourceId', 'resources.connectionId'])
    .select((eb) => isRoot(eb).as('isRoot'))
    .where('resources.id', 'in', resourceIds)
    .execute()
  const roots = rows.filter((row) => row.isRoot)
  const connections = roots.map(({ connectionId }) => connectionId)
  const below = rows.filter(({ connectionId }) => !connections.includes(connectionId))
  return {
    connections: [...new Set(connections)],
    below: below.map(({ resourceId, connectionId }) => ({ resourceId, connectionId })),
    roots: roots.map(({ resourceId }) => resourceId),
  }
}

const isRoot = (eb: ExpressionBuilder<Database, 'resources' | 'connections'>) =>
  eb.and([eb('resources.parentId', 'is', null), eb('resources.nodeId', '=', eb.ref('connections.organizationNodeId'))])

/** The rows within reach, by the columns that name their connection and their resource; null: every row is. */
export function within(reach: Reach, columns: { connectionId: string; resourceId: string }): Condition | null {
  if (reach === 'everything') return null
  const { connections, below } = reach
  const connectionId = sql.ref(columns.connectionId)
  const whole = connections.length > 0 ? [isAny(connectionId, connections)] : []
  const part =
    below.length > 0
      ? [sql<SqlBool>`(${isAny(connectionId, connectionsOf(below))} and ${isBelow(columns, below)})`]
      : []
  return anyOf([...whole, ...part])
}

/** The rows of connections within reach as a whole; null: every row is. */
export function withinWhole(reach: Reach, column: string): Condition | null {
  if (reach === 'everything') return null
  return reach.connections.length > 0 ? isAny(sql.ref(column), reach.connections) : nothing
}

const connectionsOf = (places: readonly Place[]): number[] => [
  ...new Set(places.map(({ connectionId }) => connectionId)),
]

/** The resources that lie below others, without those: unless one of them lies below another. */
export async function beneath(db: Kysely<Database>, resourceIds: readonly number[]): Promise<Condition> {
  const { connections, below, roots } = await reachBelow(db, resourceIds)
  const id = sql.ref('resources.id')
  const connectionId = sql.ref('resources.connectionId')
  return anyOf([
    ...(roots.length > 0 ? [sql<SqlBool>`(${isAny(connectionId, connections)} and not ${isAny(id, roots)})`] : []),
    ...below.map(
      (place) => sql<SqlBool>`(${connectionId} = ${place.connectionId} and ${id} <> ${place.resourceId}
        and ${isBelow({ resourceId: 'resources.id' }, [place])})`,
    ),
  ])
}

const isBelow = ({ resourceId }: { resourceId: string }, places: readonly Place[]): Condition =>
  sql`${sql.ref(resourceId)} in (
    with recursive below (connection_id, id) as (
      select connection_id, id from resources where ${isAny(
        sql.ref('id'),
        places.map((place) => place.resourceId),
      )}
      union
      select child.connection_id, child.id from resources as child
      inner join below on child.connection_id = below.connection_id and child.parent_id = below.id)
    select id from below)`

export const nothing: Condition = sql`1 = 0`

/** With one value an index can be followed in its order. */
export const isAny = (column: RawBuilder<unknown>, values: readonly (string | number)[]): Condition => {
  const [first, ...more] = values
  if (first === undefined) return nothing
  return more.length === 0 ? sql`${column} = ${first}` : sql`${column} in (${sql.join(values)})`
}

export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? nothing : sql`(${sql.join(conditions, sql` or `)})`

export const allOf = (conditions: readonly (Condition | null)[]): Condition => {
  const all = conditions.filter((condition) => condition !== null)
  return all.length === 0 ? sql`1 = 1` : sql`(${sql.join(all, sql` and `)})`
}
