import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Store } from '../model/store.ts'
import { resolve } from '../policies/resolve.ts'
import { reportingPlace, repositoryPlace } from './reporting-place.ts'

/** The repository that policy files come from: the one that the policy names, else the one that reports go to. */
export async function policyPlace(store: Store, connection: Connection, now: number): Promise<ReportingPlace | null> {
  const root = await store.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId)
  if (!root) return null
  const { repository } = organizationPolicyFiles.subPolicies
  const settings = await store.policies.list(connection.id)
  const named = String(resolve(repository, settings, [root.id], connection, now).value)
  return named === 'Automatic'
    ? reportingPlace(store, connection, now)
    : repositoryPlace(store, connection, root, [named], now)
}
