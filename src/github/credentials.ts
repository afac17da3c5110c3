import type { Clock } from '../model/clock.ts'
import type { RefusalFacts } from './refusal-facts.ts'
import { saysPermission } from './refusals/permissions.ts'
import type { CredentialKind } from './refusals/row.ts'

/** What one request is signed with. */
export interface Credential {
  readonly kind: CredentialKind
  /** The value of the `authorization` header. */
  readonly authorization: string
  /** The bare secret, which no text may show. */
  readonly secret: string
  /** When we got it, in milliseconds. */
  readonly since: number
}

/** Where a client takes its credential from. */
export interface CredentialSource {
  current(): Promise<Credential>
  /** Another one in the place of a refused one; null where there is none to be had. */
  renewed(refused: Credential): Promise<Credential | null>
}

/** A personal access token: there is no other one to be had. */
export function personalToken(token: string, now: number): CredentialSource {
  const kind = token.startsWith('github_pat_') ? 'fine-grained-token' : 'classic-token'
  const credential: Credential = { kind, authorization: `token ${token}`, secret: token, since: now }
  return { current: async () => credential, renewed: async () => null }
}

/** The App itself; each request gets a signature of its own, good for ten minutes. */
export function appSignature(sign: () => Promise<string>, clock: Clock): CredentialSource {
  const current = async (): Promise<Credential> => {
    const secret = await sign()
    return { kind: 'app', authorization: `bearer ${secret}`, secret, since: clock() }
  }
  return { current, renewed: async () => null }
}

const minute = 60_000

/**
 * Whether the same call may go better under a new installation token: this one was revoked (401), or may carry the
 * permissions of before a grant (a token keeps those it was made with).
 */
export function worthRenewing(facts: RefusalFacts, { kind, since }: Credential, now: number): boolean {
  if (kind !== 'installation') return false
  if (facts.status === 401) return facts.message.startsWith('Bad credentials')
  return saysPermission(facts) && now - since > minute
}
