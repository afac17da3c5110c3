import type { MissingPermission } from '../../model/diagnosis.ts'
import type { Permissions } from '../../model/permission.ts'
import { acceptedPermissions, lacking, missingFrom } from '../accepted-permissions.ts'
import { appPermissionsPage, permissionReviewPage, tokenPage } from '../permission-pages.ts'
import type { RefusalFacts } from '../refusal-facts.ts'
import {
  type Diagnosed,
  found,
  inItsWords,
  installationUrl,
  organizationOf,
  ownerOf,
  type RefusalContext,
  type Row,
} from './row.ts'

const byInstallation = /^Resource not accessible by integration/
const byToken = /^Resource not accessible by personal access token/

/** Whether GitHub says in words that a permission is missing. */
export const saysPermission = ({ message }: RefusalFacts) => byInstallation.test(message) || byToken.test(message)

/** A fine-grained token without a permission. */
export const tokenPermission: Row = (facts, context) => {
  if (!byToken.test(facts.message)) return null
  const needed = lacking(acceptedPermissions(facts.headers['x-accepted-github-permissions']), {})
  return found(context, {
    code: 'permission-not-granted',
    reason: `${context.call} was refused: the token lacks ${naming(needed)}${inItsWords(facts)}${aboutIt(facts)}`,
    ...firstOf(needed, undefined, undefined),
    remedy: {
      who: 'the owner of the token',
      action: `Edit the token: grant it ${naming(needed)}; then ${ownerOf(context)} approves it.`,
      url: tokenPage(context.htmlUrl, 'fine-grained-token'),
    },
  })
}

/** GitHub names the page of what was asked. */
const aboutIt = ({ documentationUrl }: RefusalFacts) => (documentationUrl === null ? '' : ` (${documentationUrl})`)

/** An installation without a permission: never requested, requested but not accepted, or not known which. */
export const installationPermission: Row = (facts, context) => {
  const { standing } = context
  const accepted = acceptedPermissions(facts.headers['x-accepted-github-permissions'])
  if (byInstallation.test(facts.message)) {
    const needed = lacking(accepted, standing?.granted ?? {})
    if (needed && Object.keys(needed).length === 0) return coveredButRefused(context)
    return notGranted(needed, context)
  }
  // Where the installation may not even see that a thing exists, GitHub answers 404; what is granted tells.
  if (facts.status !== 404 || context.credential !== 'installation' || !standing?.granted) return null
  const needed = lacking(accepted, standing.granted)
  return needed && Object.keys(needed).length > 0 ? notGranted(needed, context) : null
}

function notGranted(needed: Permissions | null, context: RefusalContext): Diagnosed {
  const { standing, htmlUrl, connection } = context
  const unrequested = needed && standing ? missingFrom(needed, standing.requested) : {}
  if (standing && Object.keys(unrequested).length > 0)
    return found(context, {
      code: 'permission-not-requested',
      reason: `${context.call} was refused: the App does not request ${naming(unrequested)}.`,
      ...firstOf(unrequested, standing.requested, standing.granted ?? undefined),
      remedy: {
        who: `${standing.owner.login}, who owns the App`,
        action: `Request ${naming(unrequested)}; then ${ownerOf(context)} accepts it.`,
        url: appPermissionsPage(htmlUrl, standing.slug, standing.owner),
      },
    })
  const id = connection?.installationId ?? null
  return found(context, {
    code: 'permission-not-granted',
    reason: `${context.call} was refused: ${organizationOf(context)} has not granted the App ${naming(needed)}.`,
    ...firstOf(needed, standing?.requested, standing?.granted ?? undefined),
    remedy: {
      who: ownerOf(context),
      action: `Review the App's request and accept ${naming(needed)}.`,
      ...(connection && id !== null ? { url: permissionReviewPage(htmlUrl, connection.login, id) } : {}),
    },
  })
}

/**
 * All is granted: the installation leaves this repository out. A token of before a grant was renewed before this is said, and
 * a grant of this very moment is heard of.
 */
const coveredButRefused = (context: RefusalContext): Diagnosed =>
  found(context, {
    code: 'refused',
    reason: `${context.call} was refused although the permission is granted: the installation may not cover this repository.`,
    remedy: { who: ownerOf(context), action: 'Let the App reach all repositories.', ...installationUrl(context) },
  })

/** A classic token without a scope: 404 where it would reveal something, else 403. Any one accepted scope is enough. */
export const missingScope: Row = (facts, context) => {
  const { 'x-accepted-oauth-scopes': acceptedHeader, 'x-oauth-scopes': heldHeader } = facts.headers
  if ((facts.status !== 404 && facts.status !== 403) || heldHeader === undefined) return null
  const [accepted, held] = [scopes(acceptedHeader), scopes(heldHeader)]
  if (accepted.length === 0 || accepted.some((scope) => held.includes(scope))) return null
  return scopeMissing(accepted, context)
}

/** The same in GraphQL, where the message names the scopes. */
export const missingGraphScope: Row = (facts, context) => {
  if (facts.type !== 'INSUFFICIENT_SCOPES') return null
  const named = /one of the following scopes: \[([^\]]*)\]/.exec(facts.message)?.[1] ?? ''
  return scopeMissing(scopes(named.replaceAll("'", '')), context, inItsWords(facts))
}

function scopeMissing(accepted: readonly string[], context: RefusalContext, words = '.'): Diagnosed {
  const named = accepted.length > 0 ? accepted.map((scope) => `\`${scope}\``).join(' or ') : 'a scope'
  const [first] = accepted
  return found(context, {
    code: 'scope-missing',
    reason:
      accepted.length > 0 ? `${context.call} needs a token with ${named}.` : `${context.call} was refused${words}`,
    ...(first === undefined ? {} : { missing: { key: first, needed: null } }),
    remedy: {
      who: 'the owner of the token',
      action: `Give the token the scope ${named}, or connect with one that has it.`,
      url: tokenPage(context.htmlUrl, 'classic-token'),
    },
  })
}

const scopes = (list: string | undefined) =>
  (list ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')

function naming(permissions: Permissions | null): string {
  const named = Object.entries(permissions ?? {}).map(([key, level]) => `\`${key}: ${level}\``)
  return named.length > 0 ? named.join(' and ') : 'a permission that GitHub does not name'
}

/** The first permission, as the diagnosis names one; what is not known stays out. */
function firstOf(
  needed: Permissions | null,
  requested: Permissions | undefined,
  granted: Permissions | undefined,
): { missing?: MissingPermission } {
  const [first] = Object.entries(needed ?? {})
  if (!first) return {}
  const [key, level] = first
  return {
    missing: {
      key,
      needed: level,
      ...(requested ? { requested: requested[key] ?? null } : {}),
      ...(granted ? { granted: granted[key] ?? null } : {}),
    },
  }
}
