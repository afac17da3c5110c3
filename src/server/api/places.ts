import type { Holding, Place } from '../../model/access.ts'
import { type Role, roleAt, scopeOf, suffices } from '../../model/access.ts'
import type { Resource } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import { notFound, Problem } from './problem.ts'

type Resources = Pick<Store, 'resources'>

/** A resource as other things name it. */
const named = ({ id, connectionId, type, title }: Resource) => ({ id, connectionId, type, title })

/** The name of a place; null: everywhere; undefined: its resource is not there. */
async function nameOf({ resources }: Resources, place: Place) {
  if (place === 'everywhere') return null
  const resource = await resources.get(place.connectionId, place.resourceId)
  return resource ? named(resource) : undefined
}

/** The same, each with its place by name; those whose resource is not there are left out. */
export async function withPlaces<Held extends { readonly place: Place }>(store: Resources, held: readonly Held[]) {
  const all = await Promise.all(
    held.map(async ({ place, ...rest }) => {
      const at = await nameOf(store, place)
      return at === undefined ? null : { ...rest, at }
    }),
  )
  return all.filter((each) => each !== null)
}

/** The id of a place's resource and of those above it, nearest first; of everywhere none. */
async function ancestryOf({ resources }: Resources, place: Place): Promise<number[]> {
  if (place === 'everywhere') return []
  const ids: number[] = []
  for (let id: number | null = place.resourceId; id !== null && !ids.includes(id); ) {
    const resource: Resource | null = await resources.get(place.connectionId, id)
    if (resource) ids.push(id)
    id = resource?.parentId ?? null
  }
  return ids
}

/** Those that are at places whoever holds these may see. */
export async function inSight<Held extends { readonly place: Place }>(
  store: Resources,
  holdings: readonly Holding[],
  held: readonly Held[],
): Promise<Held[]> {
  if (scopeOf(holdings) === 'everything') return [...held]
  const seen = await Promise.all(
    held.map(async (each) => roleAt(holdings, await ancestryOf(store, each.place)) !== null),
  )
  return held.filter((_, index) => seen[index])
}

/** The place that a resource is; null: everywhere. Throws 404 where there is none, or none in sight. */
export async function placeOf(
  store: Pick<Store, 'connections' | 'resources'>,
  holdings: readonly Holding[],
  resourceId: number | null,
): Promise<Place> {
  if (resourceId === null) return 'everywhere'
  for (const { id: connectionId } of await store.connections.list()) {
    const place = { connectionId, resourceId }
    if (!(await store.resources.get(connectionId, resourceId))) continue
    if ((await inSight(store, holdings, [{ place }])).length > 0) return place
  }
  throw notFound('such resource')
}

/** Throws 403 where less is held at the place than is wanted. */
export async function needRole(
  store: Resources,
  holdings: readonly Holding[],
  place: Place,
  wanted: Role,
): Promise<void> {
  if (suffices(roleAt(holdings, await ancestryOf(store, place)), wanted)) return
  const where = (await nameOf(store, place))?.title ?? 'everywhere'
  throw new Problem(
    403,
    `This takes the role ${wanted} ${where === 'everywhere' ? where : `at ${where}`}. An Owner there can grant it.`,
  )
}
