import type { App } from './app.ts'
import { type Codes, createCodes } from './codes.ts'
import type { Deliveries } from './deliveries.ts'
import type { Recorder } from './history.ts'
import type { Installation } from './installation.ts'
import type { KeyRing } from './keys.ts'
import type { Organization } from './organization.ts'
import type { Repository } from './repository.ts'
import type { Team } from './team.ts'
import type { Token } from './token.ts'
import type { User } from './user.ts'

/** github.com serves its API at the root of a host of its own, GHES under `/api/v3` beside the web pages. */
export type Flavour = 'github.com' | 'ghes'

/** Addresses without a slash at their end. */
export interface Urls {
  readonly api: string
  readonly html: string
  readonly graphql: string
  readonly docs: string
}

/** Everything the simulated GitHub knows. */
export interface World {
  readonly flavour: Flavour
  readonly urls: Urls
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => number
  readonly deliveries: Deliveries
  readonly history: Recorder
  readonly keys: KeyRing
  /** By login in lower case, as GitHub compares logins. */
  readonly users: Map<string, User>
  readonly organizations: Map<number, Organization>
  readonly repositories: Map<number, Repository>
  /** Former `owner/name` in lower case → id of the repository that left it. */
  readonly redirects: Map<string, number>
  readonly apps: Map<number, App>
  readonly installations: Map<number, Installation>
  /** Apps registered from a manifest whose credentials nobody has fetched yet. */
  readonly registrations: Codes<App>
  readonly tokens: Map<string, Token>
  readonly nodes: Map<string, Organization | Repository | Team | User>
}

/** https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest: one hour. */
const registrationLife = 3_600_000

type WorldParts = Pick<World, 'flavour' | 'urls' | 'now' | 'deliveries' | 'history' | 'keys'>

export function createWorld(parts: WorldParts): World {
  let lastId = 1000
  return {
    ...parts,
    newId: () => ++lastId,
    users: new Map(),
    organizations: new Map(),
    repositories: new Map(),
    redirects: new Map(),
    apps: new Map(),
    installations: new Map(),
    registrations: createCodes(parts.now, { life: registrationLife, bytes: 20 }),
    tokens: new Map(),
    nodes: new Map(),
  }
}

export function organizationNamed(world: World, login: string): Organization | undefined {
  const wanted = login.toLowerCase()
  for (const organization of world.organizations.values()) {
    if (organization.login.toLowerCase() === wanted) return organization
  }
  return undefined
}

/** The repository that has this name now; former names are in `redirects`. */
export const repositoryNamed = (world: World, owner: string, name: string): Repository | undefined =>
  organizationNamed(world, owner)?.repositories.get(name.toLowerCase())

export const installationsOn = (world: World, organization: Organization): Installation[] =>
  [...world.installations.values()].filter((installation) => installation.organization === organization)
