import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Store } from '../model/store.ts'
import { reportingRepository } from '../policies/reporting.ts'
import { type OrganizationPolicies, organizationPolicies } from './organization-policies.ts'
import { placeNamed } from './reporting-place.ts'

/** The repository that policy files come from: the one that the policy names, else the one that reports go to. */
export async function policyPlace(store: Store, connection: Connection, now: number): Promise<ReportingPlace | null> {
  return policyPlaceUnder(store, connection, await organizationPolicies(store, connection, now))
}

/** The same, under policies that need not be in force. */
export function policyPlaceUnder(
  store: Store,
  connection: Connection,
  policies: OrganizationPolicies,
): Promise<ReportingPlace | null> {
  const named = policies.valueFor(organizationPolicyFiles.subPolicies.repository)
  const isSame = named === 'Automatic'
  return placeNamed(store, connection, policies, isSame ? policies.valueFor(reportingRepository) : named)
}
