import { type GrantPlace, type Holding, isAtFolder, type Person, type Place } from '../../model/access.ts'
import type { Store } from '../../model/store.ts'
import type { GitHubRoles } from './github-roles.ts'

/** What somebody holds, and whether it was given here or comes from the organization on GitHub. */
export type PersonHolding = Holding & { readonly from: 'grant' | 'github' }

/**
 * All that a person holds now: who owns an organization on GitHub is Owner there, and who was given a role at a folder holds it
 * at each organization that is in it.
 */
export async function personHoldings(
  { grants, folders }: Pick<Store, 'grants' | 'folders'>,
  roles: Pick<GitHubRoles, 'owned'>,
  { id, githubId, login }: Person,
): Promise<PersonHolding[]> {
  const placesOf = async (place: GrantPlace): Promise<readonly Place[]> =>
    isAtFolder(place) ? folders.organizations(place.folderId) : [place]
  const given = await Promise.all(
    (await grants.of([id])).map(async ({ place, role }) =>
      (await placesOf(place)).map((place) => ({ place, role, from: 'grant' as const })),
    ),
  )
  const owned = githubId === null ? [] : await roles.owned({ githubId, login })
  return [...given.flat(), ...owned.map((place) => ({ place, role: 'Owner' as const, from: 'github' as const }))]
}
