import {
  type Grant,
  type GrantPlace,
  type Holding,
  isAtFolder,
  type Person,
  type Place,
  scopeOf,
} from '../../model/access.ts'
import type { Store } from '../../model/store.ts'
import { inSight, withPlaces } from './places.ts'
import { Problem } from './problem.ts'

const moment = (time: number): string => new Date(time).toISOString()

/** Grants as they are told, with their places by name, as far as they are in sight: folders are for who sees everything. */
export async function tellGrants(
  store: Pick<Store, 'resources' | 'folders'>,
  holdings: readonly Holding[],
  grants: readonly Grant[],
) {
  const folders = scopeOf(holdings) === 'everything' ? await store.folders.list() : []
  const told = await Promise.all(
    grants.map(async ({ place, grantedAt, ...rest }) => {
      const grant = { ...rest, grantedAt: moment(grantedAt) }
      if (!isAtFolder(place)) {
        const seen = await withPlaces(store, await inSight(store, holdings, [{ ...grant, place }]))
        return seen.map((each) => ({ ...each, folder: null }))
      }
      const named = folders.filter(({ id }) => id === place.folderId)
      return named.map(({ id, title }) => ({ ...grant, at: null, folder: { id, title } }))
    }),
  )
  return told.flat()
}

/** Where one must be Owner to give a role at a place, or take it back: who gives it for several organizations, of all. */
export const ownedPlace = (place: GrantPlace): Place => (isAtFolder(place) ? 'everywhere' : place)

/** Throws 409 where this person is the last one who is Owner everywhere. */
export async function keepAnOwner({ grants }: Store, personId: number): Promise<void> {
  const owners = await grants.ownersEverywhere()
  if (owners.length === 1 && owners[0] === personId)
    throw new Problem(409, 'Nobody would be left who is Owner everywhere: grant that to somebody else first.')
}

interface Taking {
  readonly grant: Grant
  readonly person: Person
  readonly by: Person
  readonly at: number
}

/** History, that a grant is no more. */
export const taken = (store: Store, { grant, person, by, at }: Taking): Promise<void> =>
  note(store, {
    grant,
    by,
    at,
    summary: `${person.login} no longer has the role ${grant.role}, granted by ${grant.grantedBy}.`,
  })

/** What happens at a place in an organization belongs to its history; at a folder, to that of each organization in it. */
export async function note(
  { activities, folders }: Store,
  { grant: { place }, by, at, summary }: { grant: Grant; by: Person; at: number; summary: string },
): Promise<void> {
  if (place === 'everywhere') return
  const folder = isAtFolder(place) ? await folders.get(place.folderId) : null
  const about = { kind: 'access', actor: by.login, source: 'console', deliveryId: null, changes: [], at } as const
  for (const where of isAtFolder(place) ? await folders.organizations(place.folderId) : [place])
    await activities.add({
      ...about,
      ...where,
      summary: folder ? `${summary} It holds at the folder ${folder.title}.` : summary,
    })
}
