import type { Clock } from '../../model/clock.ts'
import type { Store } from '../../model/store.ts'
import { hashed, oneTimePassword } from './password.ts'

/** Somebody who can sign in with a password that must be changed then. Said once, kept nowhere. */
export interface NewLocalPerson {
  readonly personId: number
  readonly login: string
  readonly password: string
}

/** Where there is nobody yet, makes `admin`, Owner everywhere. Null: there is somebody. */
export async function makeFirstAdministrator(
  { store, clock }: { store: Store; clock: Clock },
  login = 'admin',
): Promise<NewLocalPerson | null> {
  if ((await store.people.list({ limit: 1 })).length > 0) return null
  const password = oneTimePassword()
  const hash = await hashed(password)
  return store.transaction(async (tx) => {
    if ((await tx.people.list({ limit: 1 })).length > 0) return null
    const draft = { kind: 'local', login, githubId: null, password: hash, mustChangePassword: true } as const
    const person = await tx.people.make(draft, clock())
    if (!person) return null
    const grant = { personId: person.id, place: 'everywhere', role: 'Owner', grantedBy: 'guardpost' } as const
    await tx.grants.give(grant, clock())
    return { personId: person.id, login, password }
  })
}
