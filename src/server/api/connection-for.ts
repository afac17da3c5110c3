import type { Means } from '../../engine/means.ts'
import { type Role, scopeOf } from '../../model/access.ts'
import type { Connection } from '../../model/connection.ts'
import { permit } from './permit.ts'
import { notFound } from './problem.ts'
import type { Visitor } from './visitor.ts'

/** A connection that the visitor may see as a whole, holding at least this role at its organization. Throws a `Problem`. */
export async function connectionFor(
  means: Pick<Means, 'store'>,
  visitor: Visitor,
  id: number,
  wanted: Role,
): Promise<Connection> {
  const { store } = means
  const known = (await store.search.connections(scopeOf(visitor.holdings))).find((each) => each.id === id)
  if (!known) throw notFound('such connection')
  const root = await store.resources.byNodeId(id, 'GitHub > Organization', known.organizationNodeId)
  await permit(means, visitor, wanted, root)
  return known
}
