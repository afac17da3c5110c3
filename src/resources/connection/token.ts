import type { ReadContext } from '../../model/resource-type.ts'
import type { ConnectionData } from '../connection.ts'
import { readOrganizationHooks } from './organization-hooks.ts'
import { refusalsOf } from './refusals.ts'

/** A token connection as GitHub has it. A token's permissions cannot be asked for: refusals tell what it lacks. */
export async function readToken(context: ReadContext): Promise<Partial<ConnectionData>> {
  const { github, connection } = context
  const { headers } = await github.get('GET /user', {})
  const hooks = await refusalsOf(() => readOrganizationHooks(context, connection.login))
  const scopes = headers['x-oauth-scopes']
  return {
    status: 'active',
    login: connection.login,
    tokenKind: scopes === undefined ? 'fine-grained' : 'classic',
    tokenScopes:
      scopes
        ?.split(',')
        .map((scope) => scope.trim())
        .filter(Boolean)
        .toSorted() ?? [],
    tokenExpiresAt: expiry(headers['github-authentication-token-expiration']),
    ...hooks.value,
    refusals: hooks.refusals,
  }
}

/** GitHub writes `2026-12-31 23:59:59 UTC`, or with an offset. */
function expiry(header: string | undefined): string | null {
  const time = header ? Date.parse(header.replace(' UTC', 'Z').replace(/^(\S+) (\S+)$/, '$1T$2')) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
