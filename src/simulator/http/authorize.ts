import type { Organization } from '../organization.ts'
import { type Permissions, reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import { type Actor, hasScope, isOwner, levelIn, maySee, permissionsOf, reachesRepository, roleIn } from './actor.ts'
import type { Rule } from './permissions.ts'
import { notFound, Refusal } from './refusal.ts'

/** What the operation is about: an organization, or one of its repositories. */
export interface Target {
  readonly organization: Organization
  readonly repository?: Repository | undefined
}

const forbidden = (message: string): Refusal => new Refusal(403, message)

const notByIntegration = (): Refusal => forbidden('Resource not accessible by integration')
const notByToken = (): Refusal => forbidden('Resource not accessible by personal access token')
const requiresAuthentication = (): Refusal => new Refusal(401, 'Requires authentication')

/** Throws GitHub's refusal when the rule forbids the operation to the caller. */
export function authorize(rule: Rule, actor: Actor, target: Target | undefined): void {
  if (rule.caller === 'app') {
    if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  } else if (rule.caller === 'user') {
    if (actor.kind === 'anonymous') throw requiresAuthentication()
    if (actor.kind === 'app' || actor.kind === 'installation') throw notByIntegration()
  } else if (rule.caller === 'installation') {
    if (actor.kind === 'anonymous') throw requiresAuthentication()
    if (actor.kind !== 'installation')
      throw forbidden(
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      )
  } else if (rule.caller === 'permitted' && target) {
    authorizePermitted(rule, actor, target)
  }
}

function authorizePermitted(rule: Rule, actor: Actor, target: Target): void {
  const { repository } = target
  if (repository && !maySee(actor, repository)) throw notFound()
  if (repository?.visibility === 'public' && rule.publicToo) return
  if (actor.kind === 'anonymous') throw requiresAuthentication()
  if (actor.kind === 'app') throw notByIntegration()
  if (rule.appsOnly && actor.kind !== 'installation') throw forbidden('You must authenticate via a GitHub App.')
  if (actor.kind === 'installation') authorizeInstallation(rule, actor, target)
  else if (actor.kind === 'user access') throw notByIntegration()
  else if (actor.kind === 'fine-grained') authorizeFineGrained(rule, actor, target)
  else authorizeClassic(rule, actor, target)
}

const enough = (held: Permissions, { permissions: [wanted = {}] = [] }: Rule): boolean =>
  Object.entries(wanted).every(([key, level]) => reaches(held[key], level))

function authorizeInstallation(rule: Rule, actor: Extract<Actor, { kind: 'installation' }>, target: Target): void {
  const { organization, repository } = target
  if (actor.installation.organization !== organization) throw repository ? notByIntegration() : notFound()
  if (repository && !reachesRepository(actor, repository)) throw notByIntegration()
  if (!enough(permissionsOf(actor), rule)) throw notByIntegration()
}

function authorizeFineGrained(rule: Rule, actor: Extract<Actor, { kind: 'fine-grained' }>, target: Target): void {
  const { organization, repository } = target
  if (actor.organization !== organization) throw repository ? notByToken() : notFound()
  if (repository && !levelIn(actor, repository, 'metadata')) throw notByToken()
  if (!enough(actor.permissions, rule) || !isRight(rule, actor, target)) throw notByToken()
}

/** A classic token without the scope is told nothing of what only its scope opens. */
function authorizeClassic(rule: Rule, actor: Extract<Actor, { kind: 'classic' }>, target: Target): void {
  const { repository } = target
  const scopes = rule.scopes ?? []
  if (scopes.length > 0 && !scopes.some((scope) => hasScope(actor, scope))) throw notFound()
  if (isRight(rule, actor, target)) return
  if (!repository) throw notFound()
  throw forbidden(
    rule.role === 'admin' ? 'Must have admin rights to Repository.' : 'Must have push access to Repository.',
  )
}

/** Whether the person is what the rule asks for. */
function isRight({ role }: Rule, actor: Extract<Actor, { kind: 'classic' | 'fine-grained' }>, target: Target): boolean {
  if (role === undefined) return true
  if (role === 'owner') return isOwner(actor.user, target)
  if (!target.repository) return false
  if (role === 'read' && target.repository.visibility === 'public') return true
  return reaches(roleIn(actor.user, target.repository), role)
}
