import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Store } from '../model/store.ts'
import { reportingRepository } from '../policies/reporting.ts'
import { organizationPolicies } from './policies-for.ts'
import { placeNamed } from './reporting-place.ts'

/** The repository that policy files come from: the one that the policy names, else the one that reports go to. */
export async function policyPlace(store: Store, connection: Connection, now: number): Promise<ReportingPlace | null> {
  const policies = await organizationPolicies(store, connection, now)
  const named = policies.valueFor(organizationPolicyFiles.subPolicies.repository)
  const isSame = named === 'Automatic'
  return placeNamed(store, connection, policies, isSame ? policies.valueFor(reportingRepository) : named)
}
