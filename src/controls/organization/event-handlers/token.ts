import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import type { Finding } from './finding.ts'

/** So long before it ends a token is an Alarm, in milliseconds: time enough to have a new one approved. */
const ahead = 14 * 24 * 3_600_000

/** Whether the token goes on working. An App has none. */
export function judgeToken(
  { kind, login, tokenKind, tokenExpiresAt }: Partial<ConnectionData>,
  organizationUrl: string | undefined,
  now: number,
): Finding[] {
  if (kind !== 'token' || tokenExpiresAt === undefined) return []
  const about = 'Expiry of the token'
  if (tokenExpiresAt === null) return [{ about, found: 'never', state: 'ok' }]
  const found = tokenExpiresAt
  if (Date.parse(tokenExpiresAt) - now > ahead) return [{ about, found, state: 'ok' }]
  const page = tokenKind === 'classic' ? 'tokens' : 'personal-access-tokens'
  const diagnosis: Diagnosis = {
    code: 'expiring',
    reason: `The token of ${login} expires at ${tokenExpiresAt}: from then on nothing is seen.`,
    remedy: {
      who: 'the owner of the token',
      action: `Make a new ${tokenKind} token, or regenerate this one, and connect ${login} with it before then.`,
      ...(organizationUrl && { url: `${new URL(organizationUrl).origin}/settings/${page}` }),
    },
  }
  return [{ about, found, wanted: 'more than 14 days ahead', state: 'alarm', diagnosis }]
}
