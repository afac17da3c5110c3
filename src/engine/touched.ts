import { organizationPolicyFiles } from '../controls/organization/policy-files.ts'
import { type Connection, isLeaving } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import type { PolicyPath, PolicyPlace } from '../model/policy.ts'
import type { PolicyStatement } from '../model/policy-pack.ts'
import type { Resource } from '../model/resource.ts'
import type { Selector } from '../model/selector.ts'
import type { Store } from '../model/store.ts'
import { enforcementPath } from '../policies/enforcement.ts'
import { reportingRepository } from '../policies/reporting.ts'
import { nextChange } from '../policies/statements.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { organization as organizationType } from '../resources/organization.ts'
import { readingsFor } from './asked-types.ts'
import { controlsOf } from './control-of.ts'
import { wake } from './enforcement/wake.ts'
import { because, controlJob, policyFilesJob, policyJob, readJob, reportJob, sweepJob, wholly } from './jobs.ts'

/** What is asked otherwise: some policies, at a place, of all below it or of what a selector matches. */
export interface Asked {
  readonly place: PolicyPlace
  readonly selector: Selector | null
  readonly paths: readonly PolicyPath[]
}

export const askedBy = (statements: readonly PolicyStatement[]): Asked[] =>
  statements.map(({ place, selector, rule }) => ({ place, selector, paths: [rule.path] }))

/** The connections that something at a place concerns, but for those on their way out. */
export async function connectionsAt(store: Store, place: PolicyPlace): Promise<Connection[]> {
  const ids = place.folderId === null ? [place.connectionId] : await store.folders.connections(place.folderId)
  const connections = await Promise.all(ids.map((id) => store.connections.get(id)))
  return connections.filter((connection) => connection !== null).filter((connection) => !isLeaving(connection))
}

/**
 * Has everything judged that is asked otherwise from now on in an organization, and looked at again when next something
 * begins or expires. What the policies need may be other permissions now, so the connection is read again too.
 */
export async function judgeAnew(
  store: Store,
  connection: Connection,
  asked: readonly Asked[],
  why: string,
  now: number,
): Promise<void> {
  const next = nextChange(await store.policies.governing(connection.id), now)
  const judged = await Promise.all(asked.map((each) => touchedBy(store, connection, each, why, now)))
  await store.jobs.enqueue([
    readJob(connection.id, connectionType, connectionNodeId(connection.organizationNodeId), because(why), now),
    ...new Map(judged.flat().map((job) => [job.key, job])).values(),
    ...(next === null ? [] : [policyJob(connection.id, next)]),
    ...(isAbout(asked, organizationPolicyFiles.path) ? [policyFilesJob(connection.id, now)] : []),
  ])
  // Whatever waits finds for itself whether it still has to.
  if (isAbout(asked, enforcementPath)) await wake(store, connection.id, {}, why, now)
}

const isAbout = (asked: readonly Asked[], above: PolicyPath): boolean =>
  asked.some(({ paths }) => paths.some((path) => path === above || path.startsWith(`${above} > `)))

async function touchedBy(
  store: Store,
  connection: Connection,
  { place, paths }: Asked,
  why: string,
  now: number,
): Promise<NewJob[]> {
  const top = await placeIn(store, connection, place)
  return top ? judgedBelow(store, connection, top, paths, why, now) : []
}

/** Judges what is asked of a resource and of all below it. */
export async function judgedBelow(
  store: Store,
  connection: Connection,
  top: Resource,
  paths: readonly PolicyPath[],
  why: string,
  now: number,
): Promise<NewJob[]> {
  const controls = [...new Set(paths.flatMap(controlsOf))].filter((control) => isAtOrBelow(control, top))
  const judged = controls.flatMap((control) => [
    ...readingsFor(connection, control, why, now),
    judging(connection, control, top, why, now),
  ])
  const isReporting = paths.some((path) => controlsOf(path).length === 0) && top.type === organizationType.type
  const readFiles = { path: organizationPolicyFiles.path, resourceId: top.id, why, fresh: true }
  return [
    ...judged,
    ...(isReporting ? await reportsOf(store, connection, top, now) : []),
    // Unless something else is said, policy files are where reports go.
    ...(paths.includes(reportingRepository.path) ? [controlJob(connection.id, readFiles, now)] : []),
  ]
}

/** The resource that a place is in an organization: what is put on a folder is on the organization for all it can know. */
const placeIn = (store: Store, { id, organizationNodeId }: Connection, { resourceId }: PolicyPlace) =>
  resourceId === null
    ? store.resources.byNodeId(id, organizationType.type, organizationNodeId)
    : store.resources.get(id, resourceId)

/** What is put on a repository asks nothing of the organization. */
const isAtOrBelow = ({ target }: ControlType, { type }: Resource): boolean =>
  type === target || target !== organizationType.type

/** What is below is judged all together: of those that a selector leaves out nothing will be written. */
function judging(
  connection: Connection,
  { path, target }: ControlType,
  top: Resource,
  why: string,
  now: number,
): NewJob {
  const fresh = top.type === organizationType.type
  return top.type === target
    ? controlJob(connection.id, { path, resourceId: top.id, why, fresh }, now)
    : sweepJob(connection.id, { ...wholly, paths: [path], placeId: fresh ? null : top.id, why }, now)
}

async function reportsOf(store: Store, connection: Connection, { id }: Resource, now: number): Promise<NewJob[]> {
  const controls = await store.controls.list(connection.id, { resourceId: id })
  return controls.map((control) => reportJob(connection.id, control.id, now))
}
