import type { Holding, Person } from '../../model/access.ts'
import type { Store } from '../../model/store.ts'
import type { GitHubRoles } from './github-roles.ts'

/** What somebody holds, and whether it was given here or comes from the organization on GitHub. */
export type PersonHolding = Holding & { readonly from: 'grant' | 'github' }

/** All that a person holds now: who owns an organization on GitHub is Owner there. */
export async function personHoldings(
  { grants }: Pick<Store, 'grants'>,
  roles: Pick<GitHubRoles, 'owned'>,
  { id, githubId, login }: Person,
): Promise<PersonHolding[]> {
  const given = await grants.of([id])
  const owned = githubId === null ? [] : await roles.owned({ githubId, login })
  return [
    ...given.map(({ place, role }) => ({ place, role, from: 'grant' as const })),
    ...owned.map((place) => ({ place, role: 'Owner' as const, from: 'github' as const })),
  ]
}
