import { createHash } from 'node:crypto'
import type { Codes } from '../codes.ts'
import { createUserAccessToken, userAccessTokenLife } from '../token.ts'
import type { World } from '../world.ts'
import type { Permit } from './permit.ts'

const errors = {
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
}

const refused = (error: keyof typeof errors) => ({
  error,
  error_description: errors[error],
  error_uri:
    '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/' +
    `#${error.replaceAll('_', '-')}`,
})

/** Six months, in seconds. */
const refreshLife = 15_897_600

/**
 * Exchanges a code for a token. Refusals are answers of 200
 * (https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors).
 */
export function exchange(world: World, codes: Codes<Permit>, sent: Readonly<Record<string, string>>) {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === sent.client_id)
  if (!app || app.clientSecret !== sent.client_secret) return refused('incorrect_client_credentials')
  const permit = codes.take(sent.code ?? '')
  if (!permit || permit.app !== app) return refused('bad_verification_code')
  if (sent.redirect_uri !== undefined && sent.redirect_uri !== permit.redirectUri)
    return refused('redirect_uri_mismatch')
  if (permit.challenge !== null && permit.challenge !== challengeOf(sent.code_verifier ?? ''))
    return refused('bad_verification_code')
  const token = createUserAccessToken(world, app, permit.user)
  return {
    access_token: token.value,
    expires_in: userAccessTokenLife / 1000,
    refresh_token: token.value.replace(/^ghu_/, 'ghr_'),
    refresh_token_expires_in: refreshLife,
    scope: '',
    token_type: 'bearer',
  }
}

/** RFC 7636, 4.2. */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
