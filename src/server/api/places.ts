import type { Place } from '../../model/access.ts'
import type { Resource } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'

/** A resource as other things name it. */
const named = ({ id, connectionId, type, title }: Resource) => ({ id, connectionId, type, title })

/** The same, at each the place by its name; those whose resource is no more are left out. */
export async function titledPlaces<Held extends { readonly place: Place }>(
  { resources }: Pick<Store, 'resources'>,
  held: readonly Held[],
) {
  const titled = await Promise.all(
    held.map(async ({ place, ...rest }) => {
      if (place === 'everywhere') return { ...rest, at: null }
      const resource = await resources.get(place.connectionId, place.resourceId)
      return resource && { ...rest, at: named(resource) }
    }),
  )
  return titled.filter((each) => each !== null)
}
