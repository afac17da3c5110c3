import type { Organization } from '../organization.ts'
import type { ClassicToken, FineGrainedToken } from '../token.ts'
import type { World } from '../world.ts'
import type { Actor } from './actor.ts'
import { Refusal } from './refusal.ts'

/** Why an organization does not let a caller in, in GitHub's words. */
export interface PolicyRefusal {
  readonly message: string
  readonly saml: boolean
  readonly headers: Readonly<Record<string, string>>
  /** Path on GitHub's documentation; without it, the operation's own. */
  readonly docs?: string
}

const plain = (message: string): PolicyRefusal => ({ message, saml: false, headers: {} })

const day = 24 * 60 * 60 * 1000

function tooLong({ createdAt, expiresAt }: ClassicToken | FineGrainedToken, days: number | null): boolean {
  if (days === null) return false
  return expiresAt === null || expiresAt - createdAt > days * day
}

function lifetime(world: World, { login, policies }: Organization, token: ClassicToken | FineGrainedToken): string {
  const [kind, page] =
    token.kind === 'classic'
      ? ['personal access tokens (classic)', 'tokens']
      : ['fine-grained personal access tokens', 'personal-access-tokens']
  const url = `${world.urls.html}/settings/${page}/${token.id}`
  return `The '${login}' organization forbids access via a ${kind} if the token's lifetime is greater than ${policies.now.maxTokenLifetimeDays} days. Please adjust your token's lifetime at the following URL: ${url}`
}

function tokenRefusal(
  world: World,
  organization: Organization,
  token: ClassicToken | FineGrainedToken,
): PolicyRefusal | undefined {
  const { login, policies } = organization
  if (token.kind === 'classic' && policies.now.classicTokens === 'forbidden') {
    return plain(
      `\`${login}\` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.`,
    )
  }
  if (token.kind === 'fine-grained' && policies.now.fineGrainedTokens === 'forbidden') {
    return plain(
      `\`${login}\` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.`,
    )
  }
  if (tooLong(token, policies.now.maxTokenLifetimeDays)) return plain(lifetime(world, organization, token))
  return token.kind === 'classic' ? samlRefusal(world, organization, token) : undefined
}

function samlRefusal(
  world: World,
  { id, login, policies, members }: Organization,
  token: ClassicToken,
): PolicyRefusal | undefined {
  if (!policies.now.samlEnforced || !members.has(token.user) || token.signedOnTo.has(id)) return undefined
  const request = Buffer.from(`${token.id}:${id}`).toString('base64url')
  return {
    message:
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    saml: true,
    headers: { 'X-GitHub-SSO': `required; url=${world.urls.html}/orgs/${login}/sso?authorization_request=${request}` },
    docs: '/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
  }
}

/** What an organization's policies have against the caller. Who comes without credentials is not their concern. */
export function policyRefusal(
  world: World,
  actor: Actor,
  organization: Organization | undefined,
): PolicyRefusal | undefined {
  if (!organization || actor.kind === 'anonymous') return undefined
  if (organization.policies.now.ipAllowList) {
    return plain(
      `Although you appear to have the correct authorization credentials, the \`${organization.login}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`,
    )
  }
  if (actor.kind !== 'classic' && actor.kind !== 'fine-grained') return undefined
  return tokenRefusal(world, organization, actor)
}

export function enforcePolicies(world: World, actor: Actor, organization: Organization | undefined): void {
  const refusal = policyRefusal(world, actor, organization)
  if (!refusal) return
  const { message, headers, docs } = refusal
  throw new Refusal(403, message, { headers, body: docs ? { documentation_url: world.urls.docs + docs } : {} })
}
