import type { Grant, Person } from '../../model/access.ts'
import type { Store } from '../../model/store.ts'
import { Problem } from './problem.ts'

const moment = (time: number): string => new Date(time).toISOString()

/** A grant as it is told. */
export const tellGrant = <Placed extends Omit<Grant, 'place'>>({ grantedAt, ...grant }: Placed) => ({
  ...grant,
  grantedAt: moment(grantedAt),
})

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

/** What happens at a place in an organization belongs to its history. */
export async function note(
  { activities }: Store,
  { grant, by, at, summary }: { grant: Grant; by: Person; at: number; summary: string },
): Promise<void> {
  if (grant.place === 'everywhere') return
  const about = { ...grant.place, kind: 'access', actor: by.login, source: 'console', deliveryId: null } as const
  await activities.add({ ...about, summary, changes: [], at })
}
