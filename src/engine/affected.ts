import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { ResourceType } from '../model/resource-type.ts'
import { sameJson } from '../model/same-json.ts'
import type { Store } from '../model/store.ts'
import { resourceTypes } from '../resources/index.ts'
import { organization } from '../resources/organization.ts'
import { askedAnew } from './asked-anew.ts'
import { askedControls } from './asked-controls.ts'
import { controlJob, readJob, sweepJob, wholly } from './jobs.ts'
import { placesMoved, reviewsMoved } from './places-moved.ts'
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
  const replanned = change.changes.some(({ field }) => field === 'planName')
  return [
    ...judged,
    ...readingsBelow(connection, own, resource, change, cause, at),
    ...others.flat(),
    ...(await placesMoved(store, connection, resource, change, { at, cause })),
    ...(await reviewsMoved(store, connection, resource, { at, cause })),
    ...(type.type === organization.type && replanned ? byPlan(connection, asked, cause, at) : []),
    ...(change.changes.length > 0 ? await askedAnew(store, connection, resource, change, cause.why, at) : []),
  ]
}

/** What GitHub tells of one repository at a time is asked of a new one at once, and of one that may have other features now. */
function readingsBelow(
  { id }: Connection,
  controls: readonly ControlType[],
  resource: Resource,
  change: Change,
  cause: Sighted['cause'],
  at: number,
): NewJob[] {
  const isNew = change.known === null || change.known.goneAt !== null
  if (!(isNew || change.changes.some(({ field }) => field === 'visibility')) || isOneOfMany(resource, change)) return []
  const judged = new Set(controls.flatMap(({ related }) => Object.values<string>(related)))
  return resourceTypes
    .filter(({ type, parent, perRepository }) => perRepository && parent === resource.type && judged.has(type))
    .flatMap((type) => (type.single ? [readJob(id, type, type.single(resource.nodeId), cause, at)] : []))
}

/** What the plan offers decides of repositories too. */
function byPlan({ id }: Connection, asked: readonly ControlType[], { why }: Sighted['cause'], at: number): NewJob[] {
  const paths = asked
    .filter(({ readsPlan, target }) => readsPlan && target !== organization.type)
    .map(({ path }) => path)
  return paths.length === 0 ? [] : [sweepJob(id, { ...wholly, paths, placeId: null, why }, at)]
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
