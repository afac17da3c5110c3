import type { Connection } from '../model/connection.ts'
import type { PolicyAnswer, PolicyType } from '../model/policy.ts'
import type { Governing } from '../model/policy-pack.ts'
import type { Store } from '../model/store.ts'
import { type Policies, policiesOf } from '../policies/policies-of.ts'
import type { PolicySubject } from '../policies/policy-subject.ts'
import { organization as organizationType } from '../resources/organization.ts'

/** What an organization itself is asked, and what may be asked of anything below it. */
export interface OrganizationPolicies {
  valueFor(type: PolicyType): PolicyAnswer
  answers(type: PolicyType): readonly PolicyAnswer[]
  readonly readsProperties: boolean
}

export const organizationPolicies = async (
  store: Store,
  connection: Connection,
  now: number,
): Promise<OrganizationPolicies> =>
  organizationUnder(store, connection, await store.policies.governing(connection.id), now)

/** On an organization that is not recorded yet nothing can be set; the folders above it answer all the same. */
export async function organizationUnder(
  store: Store,
  connection: Connection,
  governing: Governing,
  now: number,
): Promise<OrganizationPolicies> {
  const recorded = await store.resources.byNodeId(connection.id, organizationType.type, connection.organizationNodeId)
  const resource = recorded ?? { id: 0, type: organizationType.type, title: connection.login, data: {} }
  const policies = policiesOf(connection, governing, now)
  return policiesOfOrganization(policies, { resource, ancestors: [], properties: null })
}

export const policiesOfOrganization = (policies: Policies, organization: PolicySubject): OrganizationPolicies => ({
  valueFor: (type) => policies.valueFor(type, organization).value,
  answers: (type) => policies.answers(type, organization),
  readsProperties: policies.readsProperties,
})
