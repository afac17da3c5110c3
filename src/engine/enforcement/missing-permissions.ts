import { missingPermission } from '../../controls/organization/event-handlers/permissions.ts'
import type { Connection } from '../../model/connection.ts'
import type { ControlType } from '../../model/control-type.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import { satisfies } from '../../model/permission.ts'
import type { Store } from '../../model/store.ts'
import type { ConnectionData } from '../../resources/connection.ts'

/**
 * What an installation is known not to have of what an Enforce needs, so that no call is made in vain. `unknown`: the
 * connection has not been read yet. What a token may do only its calls tell.
 */
export async function missingPermissions(
  store: Store,
  connection: Connection,
  { path, needs }: ControlType,
): Promise<readonly Diagnosis[] | 'unknown'> {
  if (connection.kind === 'token') return []
  const [read] = await store.resources.list(connection.id, { type: 'GitHub > Connection', limit: 1 })
  const facts = (read?.data ?? {}) as Partial<ConnectionData>
  if (!facts.granted) return 'unknown'
  return Object.entries({ ...needs.check, ...needs.enforce })
    .filter(([key, needed]) => !satisfies(facts.granted?.[key], needed))
    .map(([key, needed]) => missingPermission(facts, { key, needed, why: `to enforce \`${path}\`` }))
}
