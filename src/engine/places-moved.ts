import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { branchProtectionRule } from '../resources/branch-protection-rule.ts'
import { organization } from '../resources/organization.ts'
import { organizationRuleset } from '../resources/organization-ruleset.ts'
import { repository } from '../resources/repository.ts'
import { repositoryRuleset } from '../resources/repository-ruleset.ts'
import type { Change } from './affected.ts'
import { controlJob, reportJob } from './jobs.ts'
import { policyPlace } from './policy-place.ts'
import { reportingPlace } from './reporting-place.ts'
import type { Sighted } from './sighted.ts'

const movesPlaces = new Set(['headSha', 'visibility', 'name', 'defaultBranch', 'isArchived'])

/** The repository that reports go to, or that policy files come from, appeared or moved on. */
export async function placesMoved(
  store: Store,
  connection: Connection,
  resource: Resource,
  { changes, known }: Change,
  { at, cause }: Pick<Sighted, 'at' | 'cause'>,
): Promise<NewJob[]> {
  if (resource.type !== repository.type) return []
  if (known !== null && !changes.some(({ field }) => movesPlaces.has(field))) return []
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  if (!root) return []
  const isPlace = async (place: typeof reportingPlace) =>
    (await place(store, connection, at))?.nodeId === resource.nodeId
  const controls = (await isPlace(reportingPlace))
    ? await store.controls.list(connection.id, { resourceId: root.id })
    : []
  return [
    ...controls.map(({ id }) => reportJob(connection.id, id, at)),
    ...((await isPlace(policyPlace)) ? [readPolicyFiles(connection, root, cause.why, at)] : []),
  ]
}

const reviewing: readonly string[] = [branchProtectionRule.type, repositoryRuleset.type, organizationRuleset.type]

/** What asks for reviews may be otherwise where policy files come from. */
export async function reviewsMoved(
  store: Store,
  connection: Connection,
  resource: Resource,
  { at, cause }: Pick<Sighted, 'at' | 'cause'>,
): Promise<NewJob[]> {
  if (!reviewing.includes(resource.type)) return []
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  const place = await policyPlace(store, connection, at)
  if (!root || !place) return []
  const found = await store.resources.byNodeId(connection.id, repository.type, place.nodeId)
  const isMeant = resource.parentId === root.id || resource.parentId === found?.id
  return isMeant ? [readPolicyFiles(connection, root, cause.why, at)] : []
}

const readPolicyFiles = ({ id }: Connection, root: Resource, why: string, at: number): NewJob =>
  controlJob(id, { path: organizationPolicyFiles.path, resourceId: root.id, why, fresh: true }, at)
