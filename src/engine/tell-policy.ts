import type { Connection } from '../model/connection.ts'
import type { Authorship, PolicyPlace } from '../model/policy.ts'
import type { FieldChange } from '../model/resource.ts'
import type { Store } from '../model/store.ts'

interface Told extends Pick<Authorship, 'setBy' | 'source'> {
  readonly summary: string
  readonly change?: FieldChange
}

/** History of what is asked. What happens at a folder is told at each organization that it reaches. */
export async function tellPolicy(
  store: Store,
  { id: connectionId, organizationNodeId }: Connection,
  place: PolicyPlace,
  { summary, change, setBy, source }: Told,
  at: number,
): Promise<void> {
  const folder = place.folderId === null ? null : await store.folders.get(place.folderId)
  const resource =
    place.resourceId === null
      ? await store.resources.byNodeId(connectionId, 'GitHub > Organization', organizationNodeId)
      : await store.resources.get(connectionId, place.resourceId)
  if (!resource) return
  await store.activities.add({
    connectionId,
    resourceId: resource.id,
    kind: 'policy',
    actor: setBy,
    summary: (folder ? `${summary}, on the folder ${folder.title}` : summary).slice(0, 500),
    changes: change ? [change] : [],
    source,
    deliveryId: null,
    at,
  })
}
