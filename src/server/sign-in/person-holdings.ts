import type { Holding, Person } from '../../model/access.ts'
import type { Store } from '../../model/store.ts'

/** What somebody holds, and whether it was given here or comes from the organization on GitHub. */
export type PersonHolding = Holding & { readonly from: 'grant' | 'github' }

/** All that a person holds now. */
export async function personHoldings(store: Pick<Store, 'grants'>, person: Person): Promise<PersonHolding[]> {
  const grants = await store.grants.of([person.id])
  return grants.map(({ place, role }) => ({ place, role, from: 'grant' }))
}
