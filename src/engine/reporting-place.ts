import type { Connection } from '../model/connection.ts'
import type { ReportingPlace } from '../model/reporter.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { publicDetail, reportingRepository } from '../policies/reporting.ts'
import { resolve } from '../policies/resolve.ts'
import type { RepositoryData } from '../resources/repository.ts'

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
  const settings = await store.policies.list(connection.id)
  const named = String(resolve(reportingRepository, settings, [root.id], connection, now).value)
  return repositoryPlace(store, connection, root, named === 'Automatic' ? automatic : [named], now)
}

/** The first of the organization's repositories of these names that can be written. */
export async function repositoryPlace(
  store: Store,
  connection: Connection,
  root: Resource,
  names: readonly string[],
  now: number,
): Promise<ReportingPlace | null> {
  for (const name of names) {
    const found = await store.resources.byTitle(connection.id, 'GitHub > Repository', `${root.title}/${name}`)
    if (!found || found.data.isArchived) continue
    const settings = await store.policies.list(connection.id)
    return placeOf(found, resolve(publicDetail, settings, [root.id], connection, now).value === 'Everything')
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
