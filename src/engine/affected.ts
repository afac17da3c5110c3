import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { ResourceType } from '../model/resource-type.ts'
import { sameJson } from '../model/same-json.ts'
import type { Store } from '../model/store.ts'
import { branchProtectionRule } from '../resources/branch-protection-rule.ts'
import { organization } from '../resources/organization.ts'
import { organizationRuleset } from '../resources/organization-ruleset.ts'
import { repository } from '../resources/repository.ts'
import { repositoryRuleset } from '../resources/repository-ruleset.ts'
import { askedControls } from './asked-controls.ts'
import { controlJob, reportJob, sweepJob } from './jobs.ts'
import { policyPlace } from './policy-place.ts'
import { reportingPlace } from './reporting-place.ts'
import type { Sighted } from './sighted.ts'

/** What became of a resource: its changed fields, whether people are told, and what it was before (null: new). */
export interface Change {
  readonly changes: readonly FieldChange[]
  readonly isNews: boolean
  readonly known: Resource | null
}

/** The controls to judge and the reports to write again, after one resource changed. Nothing else needs a look. */
export async function affectedBy(
  store: Store,
  connection: Connection,
  type: Pick<ResourceType, 'type'>,
  resource: Resource,
  change: Change,
  { at, cause }: Pick<Sighted, 'at' | 'cause'>,
): Promise<NewJob[]> {
  const run = (path: string, resourceId: number) =>
    controlJob(connection.id, { path, resourceId, why: cause.why, fresh: false }, at)
  const asked = await askedControls(store, connection)
  const own = asked.filter((control) => control.target === type.type && concerns(control, resource, change))
  const judging =
    change.known === null || change.changes.length > 0 || hasNewRefusal(resource, change)
      ? asked.filter(({ related }) => Object.values<string>(related).includes(type.type))
      : []
  const others = await Promise.all(
    judging.map(async ({ path, target }) => {
      const judged = resource.parentId === null ? null : await store.resources.get(connection.id, resource.parentId)
      return judged?.type === target ? [run(path, judged.id)] : []
    }),
  )
  const judged = isOneOfMany(resource, change)
    ? sweepOfNew(connection, own, cause, at)
    : own.map(({ path }) => run(path, resource.id))
  return [
    ...judged,
    ...others.flat(),
    ...(await ofPlaces(store, connection, resource, change, { at, cause })),
    ...(await ofReviews(store, connection, resource, { at, cause })),
  ]
}

/** Found by a discovery, which brings a hundred at once: all that is new is judged together. */
const isOneOfMany = ({ type, lastSeen }: Resource, { known }: Change): boolean =>
  known === null && lastSeen.source === 'discovery' && type !== organization.type

function sweepOfNew(
  { id }: Connection,
  controls: readonly ControlType[],
  { why }: Sighted['cause'],
  at: number,
): NewJob[] {
  const paths = controls.map(({ path }) => path)
  return paths.length === 0 ? [] : [sweepJob(id, { paths, placeId: null, unjudged: true, why, from: null }, at)]
}

function concerns({ reads }: ControlType, resource: Resource, change: Change): boolean {
  const isFirst =
    change.known === null || change.known.goneAt !== null || (change.known.readAt === null && resource.readAt !== null)
  return (
    isFirst ||
    hasNewRefusal(resource, change) ||
    change.changes.some(({ field }) => (reads as readonly string[]).includes(field))
  )
}

const hasNewRefusal = (resource: Resource, { known }: Change): boolean =>
  !sameJson(resource.refusal, known?.refusal ?? null)

const movesPlaces = new Set(['headSha', 'visibility', 'name', 'defaultBranch', 'isArchived'])

/** The repository that reports go to, or that policy files come from, appeared or moved on. */
async function ofPlaces(
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
async function ofReviews(
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
