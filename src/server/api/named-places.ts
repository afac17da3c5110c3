import type { z } from '@hono/zod-openapi'
import type { Scope } from '../../model/access.ts'
import type { PolicyPlace } from '../../model/policy.ts'
import type { Store } from '../../model/store.ts'
import type { policySetting } from './shapes/policy.ts'

/** A place by name; null: it is not for the visitor to see. */
export type PlaceName = (place: PolicyPlace) => Pick<z.infer<typeof policySetting>, 'resource' | 'folder'> | null

/** Names places, as far as they may be seen. Folders are for who sees everything. */
export async function namedPlaces(store: Store, scope: Scope, places: readonly PolicyPlace[]): Promise<PlaceName> {
  const ids = places.flatMap(({ resourceId }) => (resourceId === null ? [] : [resourceId]))
  const resources = new Map((await store.search.names(scope, ids)).map((name) => [name.id, name]))
  const all = scope === 'everything' ? await store.folders.list() : []
  const folders = new Map(all.map(({ id, title }) => [id, { id, title }]))
  return ({ folderId, resourceId }) => {
    const resource = resources.get(resourceId ?? 0)
    if (resource) return { resource, folder: null }
    const folder = folders.get(folderId ?? 0)
    return folder ? { resource: null, folder } : null
  }
}
