import type { ReadContext } from '../../model/resource-type.ts'
import type { ConnectionData } from '../connection.ts'
import { readOrganizationHooks } from './organization-hooks.ts'
import { refusalsOf } from './refusals.ts'
import { expiryIn, scopesIn } from './token-headers.ts'

/** A token connection as GitHub has it. A token's permissions cannot be asked for: refusals tell what it lacks. */
export async function readToken(context: ReadContext): Promise<Partial<ConnectionData>> {
  const { github, connection } = context
  const { headers } = await github.get('GET /user', {})
  const hooks = await refusalsOf(() => readOrganizationHooks(context, connection.login))
  const scopes = scopesIn(headers)
  const expiresAt = expiryIn(headers)
  return {
    status: 'active',
    login: connection.login,
    tokenKind: scopes === null ? 'fine-grained' : 'classic',
    tokenScopes: scopes ?? [],
    tokenExpiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    ...hooks.value,
    refusals: hooks.refusals,
  }
}
