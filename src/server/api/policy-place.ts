import { type Role, scopeOf } from '../../model/access.ts'
import type { PolicyPlace } from '../../model/policy.ts'
import type { Store } from '../../model/store.ts'
import { permit } from './permit.ts'
import { unfitPart } from './problem.ts'
import type { Visitor } from './visitor.ts'

interface Asked {
  readonly resourceId?: number | null | undefined
  readonly folderId?: number | null | undefined
}

/** The place that a request names. Throws a `Problem` where it is not there, or not for the visitor to see. */
export async function placeAsked(
  store: Store,
  { holdings }: Visitor,
  { resourceId, folderId }: Asked,
): Promise<PolicyPlace> {
  const scope = scopeOf(holdings)
  if ((resourceId == null) === (folderId == null))
    throw unfitPart('resourceId', 'It takes either `resourceId` or `folderId`.')
  if (folderId != null) {
    const folder = scope === 'everything' ? await store.folders.get(folderId) : null
    if (!folder) throw unfitPart('folderId', `There is no folder ${folderId}, or it is not for you to see.`)
    return { folderId, connectionId: null, resourceId: null }
  }
  const resource = await store.search.resource(scope, resourceId ?? 0)
  if (!resource) throw unfitPart('resourceId', `There is no resource ${resourceId}, or it is not for you to see.`)
  return { folderId: null, connectionId: resource.connectionId, resourceId: resource.id }
}

/** Throws a `Problem` unless the visitor holds at least this role at a place; on folders, everywhere. */
export async function permitAt(store: Store, visitor: Visitor, wanted: Role, place: PolicyPlace): Promise<void> {
  const resource = place.folderId === null ? await store.resources.get(place.connectionId, place.resourceId) : null
  await permit({ store }, visitor, wanted, resource)
}
