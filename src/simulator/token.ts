import { randomBytes } from 'node:crypto'
import type { App } from './app.ts'
import type { Installation } from './installation.ts'
import type { Organization } from './organization.ts'
import type { Permissions } from './permission.ts'
import type { Repository } from './repository.ts'
import { type User, userNamed } from './user.ts'
import type { World } from './world.ts'

/** A personal access token (classic). */
export interface ClassicToken {
  readonly kind: 'classic'
  readonly id: number
  readonly value: string
  readonly user: User
  readonly scopes: readonly string[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Null when it never expires. */
  readonly expiresAt: number | null
  /** Ids of the organizations for which its owner granted it a single sign-on. */
  readonly signedOnTo: Set<number>
}

/** A fine-grained personal access token: for one organization. */
export interface FineGrainedToken {
  readonly kind: 'fine-grained'
  readonly id: number
  readonly value: string
  readonly user: User
  readonly organization: Organization
  readonly permissions: Permissions
  readonly repositories: 'all' | ReadonlySet<number>
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Null when it never expires. */
  readonly expiresAt: number | null
}

/** What an App gets for its JWT: good for an hour, for one installation, perhaps for less than that has. */
export interface InstallationToken {
  readonly kind: 'installation'
  readonly value: string
  readonly installation: Installation
  readonly expiresAt: number
  /** Narrower than the installation's, fixed when it was made; without it, whatever the installation has. */
  readonly permissions?: Permissions | undefined
  readonly repositories?: ReadonlySet<number> | undefined
}

/** What an App gets when a person signs in with it. Only who the person is is simulated of what it opens. */
export interface UserAccessToken {
  readonly kind: 'user access'
  readonly value: string
  readonly app: App
  readonly user: User
  readonly expiresAt: number
}

export type Token = ClassicToken | FineGrainedToken | InstallationToken | UserAccessToken

export type UserTokenDraft = { readonly user: User | string } & (
  | {
      readonly kind: 'classic'
      readonly scopes: readonly string[]
      /** By default it never expires. */
      readonly expiresAt?: number | null | undefined
    }
  | {
      readonly kind: 'fine-grained'
      readonly org: Organization
      readonly permissions: Permissions
      readonly repositories?: 'all' | readonly Repository[] | undefined
      /** By default in 30 days. */
      readonly expiresAt?: number | null | undefined
    }
)

const random = (length: number): string => randomBytes(length).toString('hex').slice(0, length)

const month = 30 * 24 * 60 * 60 * 1000

export function createUserToken(world: World, draft: UserTokenDraft): ClassicToken | FineGrainedToken {
  const user = typeof draft.user === 'string' ? userNamed(world, draft.user) : draft.user
  const token = draft.kind === 'classic' ? classic(world, user, draft) : fineGrained(world, user, draft)
  world.tokens.set(token.value, token)
  return token
}

const classic = (
  world: World,
  user: User,
  { scopes, expiresAt = null }: Extract<UserTokenDraft, { kind: 'classic' }>,
): ClassicToken => ({
  kind: 'classic',
  id: world.newId(),
  value: `ghp_${random(36)}`,
  user,
  scopes,
  createdAt: world.now(),
  expiresAt,
  signedOnTo: new Set(),
})

function fineGrained(
  world: World,
  user: User,
  draft: Extract<UserTokenDraft, { kind: 'fine-grained' }>,
): FineGrainedToken {
  const repositories = draft.repositories ?? 'all'
  return {
    kind: 'fine-grained',
    id: world.newId(),
    value: `github_pat_${random(22)}_${random(59)}`,
    user,
    organization: draft.org,
    permissions: { metadata: 'read', ...draft.permissions },
    repositories: repositories === 'all' ? 'all' : new Set(repositories.map((repository) => repository.id)),
    createdAt: world.now(),
    expiresAt: draft.expiresAt === undefined ? world.now() + month : draft.expiresAt,
  }
}

export function createInstallationToken(
  world: World,
  installation: Installation,
  narrowed: Pick<InstallationToken, 'permissions' | 'repositories'>,
): InstallationToken {
  const expiresAt = world.now() + 60 * 60 * 1000
  const token: InstallationToken = {
    kind: 'installation',
    value: `ghs_${random(36)}`,
    installation,
    expiresAt,
    ...narrowed,
  }
  world.tokens.set(token.value, token)
  return token
}

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens */
export const userAccessTokenLife = 8 * 60 * 60 * 1000

export function createUserAccessToken(world: World, app: App, user: User): UserAccessToken {
  const expiresAt = world.now() + userAccessTokenLife
  const token: UserAccessToken = { kind: 'user access', value: `ghu_${random(36)}`, app, user, expiresAt }
  world.tokens.set(token.value, token)
  return token
}
