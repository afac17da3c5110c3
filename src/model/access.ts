/** What a person may do at a place and everything below it. Each role may do what the ones before it may. */
export const roles = ['ReadOnly', 'Operator', 'Admin', 'Owner'] as const

/**
 * `ReadOnly` looks. `Operator` runs and mutes controls, replays deliveries, and sets policies where no Required setting
 * is overridden. `Admin` sets any policy. `Owner` grants roles, and connects and removes organizations.
 */
export type Role = (typeof roles)[number]

/** `local`: signs in with a password kept here. `github`: signs in with GitHub. */
export type PersonKind = 'local' | 'github'

/** Somebody who may sign in. */
export interface Person {
  readonly id: number
  readonly kind: PersonKind
  /** The name to sign in with, or the login on GitHub. */
  readonly login: string
  /** What stays when the login changes; null for a local person, and for one who has not signed in with GitHub yet. */
  readonly githubId: number | null
  readonly mustChangePassword: boolean
  readonly createdAt: number
  /** Null: has never signed in. */
  readonly lastSeenAt: number | null
}

/** One place somebody is signed in at. What its cookie holds is kept nowhere: its SHA-256 is. */
export interface Session {
  readonly id: number
  readonly personId: number
  readonly address: string
  readonly userAgent: string
  readonly startedAt: number
  readonly lastSeenAt: number
  /** When it ends, however much it is used. */
  readonly expiresAt: number
}

/** Where a role holds: everywhere, or at one resource and all below it. */
export type Place = 'everywhere' | { readonly connectionId: number; readonly resourceId: number }

/** Where a role is given: one at a folder holds at every organization that is in it, for as long as it is in it. */
export type GrantPlace = Place | { readonly folderId: number }

export const isAtFolder = (place: GrantPlace): place is { readonly folderId: number } =>
  place !== 'everywhere' && 'folderId' in place

/** A role somebody was given at a place. */
export interface Grant {
  readonly id: number
  readonly personId: number
  readonly place: GrantPlace
  readonly role: Role
  readonly grantedBy: string
  readonly grantedAt: number
}

export type NewGrant = Omit<Grant, 'id' | 'grantedAt'>

/** What somebody holds, wherever it came from: a grant kept here, or a role in the organization on GitHub. */
export interface Holding {
  readonly place: Place
  readonly role: Role
}

/** The rows somebody may see: all, or those of these resources and of all below them. */
export type Scope = 'everything' | readonly Exclude<Place, 'everywhere'>[]

export const scopeOf = (holdings: readonly Holding[]): Scope => {
  const places = holdings.map(({ place }) => place)
  return places.includes('everywhere') ? 'everything' : places.filter((place) => place !== 'everywhere')
}

/** The highest role held at a resource, given its id and those above it; null: none. Ids are unique over all connections. */
export function roleAt(holdings: readonly Holding[], ancestry: readonly number[]): Role | null {
  const held = holdings.filter(({ place }) => place === 'everywhere' || ancestry.includes(place.resourceId))
  return roles.findLast((role) => held.some((holding) => holding.role === role)) ?? null
}

/** Whether a role held is enough for one wanted. */
export const suffices = (held: Role | null, wanted: Role): boolean =>
  held !== null && roles.indexOf(held) >= roles.indexOf(wanted)
