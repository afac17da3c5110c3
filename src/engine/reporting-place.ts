import type { Connection } from '../model/connection.ts'
import type { PolicyAnswer } from '../model/policy.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { publicDetail, reportingRepository } from '../policies/reporting.ts'
import type { RepositoryData } from '../resources/repository.ts'
import { type OrganizationPolicies, organizationPolicies } from './organization-policies.ts'

/** The names tried, in this order, where the policy says `Automatic`. */
const automatic = ['.github-private', '.github']

/** The repository that reports of this organization go to; null where there is none, or it cannot be written. */
export async function reportingPlace(
  store: Store,
  connection: Connection,
  now: number,
): Promise<ReportingPlace | null> {
  const policies = await organizationPolicies(store, connection, now)
  return placeNamed(store, connection, policies, policies.valueFor(reportingRepository))
}

/** The repository of that name, or the one that `Automatic` is; null where there is none, or it cannot be written. */
export async function placeNamed(
  store: Store,
  { id, organizationNodeId }: Connection,
  { valueFor }: OrganizationPolicies,
  named: PolicyAnswer,
): Promise<ReportingPlace | null> {
  const root = await store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  for (const name of named === 'Automatic' ? automatic : [String(named)]) {
    const found = root && (await store.resources.byTitle(id, 'GitHub > Repository', `${root.title}/${name}`))
    if (found && !found.data.isArchived) return placeOf(found, valueFor(publicDetail) === 'Everything')
  }
  return null
}

function placeOf({ nodeId, data }: Resource, tellsAll: boolean): ReportingPlace | null {
  const { nameWithOwner, name, defaultBranch, headSha, visibility } = data as Partial<RepositoryData>
  if (!nameWithOwner || !name) return null
  return {
    owner: nameWithOwner.split('/')[0] ?? '',
    name,
    nodeId,
    defaultBranch: defaultBranch ?? null,
    headSha: headSha ?? null,
    mayTellDetails: visibility === 'private' || visibility === 'internal' || tellsAll,
  }
}
