import type { App } from '../app.ts'
import type { Installation } from '../installation.ts'
import { common, type Level, type Permissions, reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import type { ClassicToken, FineGrainedToken, InstallationToken, Token, UserAccessToken } from '../token.ts'
import type { User } from '../user.ts'
import type { World } from '../world.ts'
import { appOfJwt } from './json-web-token.ts'
import { Refusal } from './refusal.ts'

/** Who asks. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app'; readonly app: App }
  | InstallationToken
  | ClassicToken
  | FineGrainedToken
  | UserAccessToken

/** Who asks, by the `Authorization` header. An unknown, expired or revoked token is never taken for an anonymous caller. */
export function actorOf(world: World, authorization: string | undefined): Actor {
  if (!authorization) return { kind: 'anonymous' }
  const [scheme = '', credentials = ''] = authorization.split(/\s+/, 2)
  const value = scheme.toLowerCase() === 'basic' ? basicPassword(credentials) : credentials
  if (value.split('.').length === 3) return { kind: 'app', app: appOfJwt(world, value) }
  const token = world.tokens.get(value)
  if (!token || !alive(world, token)) throw new Refusal(401, 'Bad credentials')
  if (token.kind === 'installation' && token.installation.suspendedAt !== null) {
    throw new Refusal(403, 'This installation has been suspended')
  }
  return token
}

const basicPassword = (credentials: string): string =>
  Buffer.from(credentials, 'base64').toString().split(':').slice(1).join(':')

function alive(world: World, token: Token): boolean {
  if (token.expiresAt !== null && token.expiresAt <= world.now()) return false
  return token.kind !== 'installation' || world.installations.has(token.installation.id)
}

/** One name for one caller, for logs and for counting requests. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'anonymous') return 'anonymous'
  if (actor.kind === 'app') return `app ${actor.app.id}`
  return actor.kind === 'installation' ? `installation ${actor.installation.id}` : `user ${actor.user.id}`
}

/** The person or bot whose name stands on what the caller makes. */
export function userOf(actor: Actor): User {
  if (actor.kind === 'installation') return actor.installation.app.bot
  if (actor.kind === 'classic' || actor.kind === 'fine-grained' || actor.kind === 'user access') return actor.user
  throw new Refusal(401, 'Requires authentication')
}

/** What the token permits now: a narrowed token never more than the installation still has. */
export const permissionsOf = (token: InstallationToken): Permissions =>
  token.permissions ? common(token.permissions, token.installation.permissions) : token.installation.permissions

/** Whether an installation token reaches the repository. */
export const reachesRepository = (token: InstallationToken, repository: Repository): boolean =>
  token.installation.covers(repository) && (!token.repositories || token.repositories.has(repository.id))

const selected = (token: FineGrainedToken, repository: Repository): boolean =>
  token.organization === repository.organization &&
  (token.repositories === 'all' || token.repositories.has(repository.id))

/** The level a person has in a repository by membership and ownership. */
export function roleIn(user: User, repository: Repository): Level | undefined {
  const { members, settings } = repository.organization
  const role = members.get(user)
  if (role === 'admin') return 'admin'
  if (!role || settings.defaultRepositoryPermission === 'none') return undefined
  return settings.defaultRepositoryPermission
}

export const isOwner = (user: User, { organization }: { organization: Installation['organization'] }): boolean =>
  organization.members.get(user) === 'admin'

const implied: Readonly<Record<string, readonly string[]>> = {
  repo: ['public_repo', 'repo:status'],
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
}

/** Whether a classic token has the scope, itself or within a wider one. */
export const hasScope = ({ scopes }: ClassicToken, wanted: string): boolean =>
  scopes.some((scope) => scope === wanted || implied[scope]?.includes(wanted))

/** A token gives a person no more than the person has. */
const lower = (held: Level | undefined, role: Level | undefined): Level | undefined =>
  held && reaches(role, held) ? held : held && role

/** The level at which the caller holds a permission in one repository; nothing where it cannot reach it. */
export function levelIn(actor: Actor, repository: Repository, permission: string): Level | undefined {
  if (actor.kind === 'installation') {
    return reachesRepository(actor, repository) ? permissionsOf(actor)[permission] : undefined
  }
  if (actor.kind === 'fine-grained') {
    return selected(actor, repository)
      ? lower(actor.permissions[permission], roleIn(actor.user, repository))
      : undefined
  }
  return actor.kind === 'classic' && hasScope(actor, 'repo') ? roleIn(actor.user, repository) : undefined
}

/** Whether the caller may know that the repository is there. */
export const maySee = (actor: Actor, repository: Repository): boolean =>
  repository.visibility === 'public' || reaches(levelIn(actor, repository, 'metadata'), 'read')
