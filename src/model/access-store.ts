import type { Grant, NewGrant, Person, PersonKind, Session } from './access.ts'

/** Those who may sign in. */
export interface PersonStore {
  /** By id, those after this one. */
  list(page: { after?: number; limit: number }): Promise<Person[]>
  get(id: number): Promise<Person | null>
  /**
   * Names are compared without regard to case. A local one is there but once; GitHub's may pass on from one to another, so
   * besides those who signed in there may be one who has not yet.
   */
  named(kind: PersonKind, login: string): Promise<Person[]>
  byGitHubId(githubId: number): Promise<Person | null>
  /** Null: a person of that name is there. `password`: as a hash. */
  make(person: NewPerson, now: number): Promise<Person | null>
  /** As a hash; null for who has none, or is not there. */
  password(id: number): Promise<string | null>
  setPassword(id: number, password: string, mustChange: boolean): Promise<void>
  setGitHub(id: number, account: { githubId: number; login: string }): Promise<void>
  setSeen(id: number, at: number): Promise<void>
  /** With sessions and grants. False: there was none. */
  remove(id: number): Promise<boolean>
}

interface NewPerson {
  readonly kind: PersonKind
  readonly login: string
  readonly githubId: number | null
  readonly password: string | null
  readonly mustChangePassword: boolean
}

/** A session is found by the SHA-256 of what its cookie holds. */
export interface SessionStore {
  begin(session: Omit<Session, 'id' | 'lastSeenAt'> & { hash: Uint8Array }): Promise<Session>
  byHash(hash: Uint8Array): Promise<Session | null>
  get(id: number): Promise<Session | null>
  /** Newest first, of one person or of all, those with a smaller id than `before`. */
  list(page: { personId?: number; before?: number; limit: number }): Promise<Session[]>
  setSeen(id: number, at: number): Promise<void>
  end(id: number): Promise<boolean>
  endAllOf(personId: number): Promise<void>
  /** Ends those that expired before `now`, and those not used since `idleSince`. */
  prune(now: number, idleSince: number): Promise<void>
}

export interface GrantStore {
  of(personIds: readonly number[]): Promise<Grant[]>
  get(id: number): Promise<Grant | null>
  /** In place of what the person was granted at the same place before. */
  give(grant: NewGrant, now: number): Promise<Grant>
  take(id: number): Promise<boolean>
  /** Those given at a folder or above it: they hold at whatever is put into it. */
  reaching(folderId: number): Promise<Grant[]>
  /** The ids of those who are Owner everywhere and can sign in: who comes from GitHub has done so before. */
  ownersEverywhere(): Promise<number[]>
}
