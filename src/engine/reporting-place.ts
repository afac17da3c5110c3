import type { Connection } from '../model/connection.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { publicDetail, reportingRepository } from '../policies/reporting.ts'
import type { RepositoryData } from '../resources/repository.ts'
import { organizationPolicies } from './policies-for.ts'

/** The names tried, in this order, where the policy says `Automatic`. */
const automatic = ['.github-private', '.github']

/** The repository that reports of this organization go to; null where there is none, or it cannot be written. */
export async function reportingPlace(
  store: Store,
  connection: Connection,
  now: number,
): Promise<ReportingPlace | null> {
  const root = await store.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId)
  if (!root) return null
  const { valueFor } = await organizationPolicies(store, connection, now)
  const named = String(valueFor(reportingRepository))
  for (const name of named === 'Automatic' ? automatic : [named]) {
    const found = await store.resources.byTitle(connection.id, 'GitHub > Repository', `${root.title}/${name}`)
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
