import type { Log } from '../../engine/means.ts'
import type { Person } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { Store } from '../../model/store.ts'
import type { OpenSessions } from '../sign-in/open-sessions.ts'
import type { PasswordCheck } from '../sign-in/password-check.ts'
import type { PersonHolding } from '../sign-in/person-holdings.ts'

/** All that sessions, people and grants work with. */
export interface AccessApiMeans {
  readonly store: Store
  readonly log: Log
  readonly clock: Clock
  readonly sessions: OpenSessions
  readonly isPasswordOf: PasswordCheck
  readonly holdingsOf: (person: Person) => Promise<PersonHolding[]>
  /** Where one goes to sign in with GitHub; null: that is not set up. */
  readonly githubSignIn: string | null
}
