import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { Observation, ResourceType } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { resourceTypes } from '../resources/index.ts'
import { affectedBy } from './affected.ts'
import { consequencesOf } from './consequences.ts'
import { readJob } from './jobs.ts'
import { merge } from './merge.ts'
import { refuse } from './refuse.ts'
import type { Sighted } from './sighted.ts'
import { valuesMoved } from './values-moved.ts'

/**
 * A read that leaves things open is asked again after this time, in milliseconds: GitHub may answer from an old copy. What
 * GitHub goes on hiding is asked for ever more seldom.
 */
const patience = 30_000
const longestPatience = 3_600_000

/**
 * Brings one observation into the CMDB, in the transaction of `store`, with the jobs that follow from it. An event fills
 * in what it says; whatever it leaves open, contradicts or takes away is settled by a read.
 */
export async function observe(
  store: Store,
  connection: Connection,
  type: ResourceType,
  observation: Observation,
  sighted: Sighted,
): Promise<void> {
  if (observation.kind === 'listed') return removeOthers(store, connection, type, observation, sighted)
  const known = await store.resources.byNodeId(connection.id, type.type, observation.nodeId)
  const jobs: NewJob[] = []
  const settle = () => jobs.push(settlingRead(connection, type, readId(connection, type, observation), sighted))

  if (observation.kind === 'prompt' || (sighted.source === 'event' && (sighted.isReplay || known?.goneAt))) settle()
  else if (observation.kind === 'gone') {
    const isStale = known?.readAt && known.readAt > sighted.at
    if (known && !known.goneAt && !isStale) await remove(store, connection, known, observation.reason, sighted)
  } else if (observation.kind === 'refused') jobs.push(...(await refuse(store, connection, type, observation, sighted)))
  else {
    const outcome = merge(type, known, observation, sighted)
    if (outcome.unsettled) settle()
    if (outcome.next)
      jobs.push(
        ...(await write(
          store,
          connection,
          type,
          known,
          outcome.next,
          outcome.changes,
          sighted,
          observation.parentNodeId,
        )),
      )
  }
  if (jobs.length > 0) await store.jobs.enqueue(jobs)
}

/** By what it is read: its own node id, or that of what it lies below. */
const readId = ({ organizationNodeId }: Connection, { readBy }: ResourceType, said: Observation): string =>
  readBy === 'parent' && said.kind === 'seen' ? (said.parentNodeId ?? organizationNodeId) : said.nodeId

/** Whatever is known below a parent and is not listed there; of what was asked for by itself, itself. */
async function removeOthers(
  store: Store,
  connection: Connection,
  type: ResourceType,
  { nodeId, nodeIds, reason }: Extract<Observation, { kind: 'listed' }>,
  sighted: Sighted,
): Promise<void> {
  const parent = await store.resources.byNodeId(connection.id, type.parent ?? '', nodeId)
  const itself = parent ? null : await store.resources.byNodeId(connection.id, type.type, nodeId)
  const there = new Set(nodeIds)
  const below = parent
    ? await store.resources.list(connection.id, { type: type.type, parentId: parent.id, gone: false })
    : itself && !itself.goneAt
      ? [itself]
      : []
  for (const each of below)
    if (!there.has(each.nodeId) && (each.readAt ?? 0) <= sighted.at)
      await remove(store, connection, each, reason, sighted)
}

function settlingRead(
  { id }: Connection,
  type: ResourceType,
  nodeId: string,
  { source, at, cause: { unsettled = 0, ...cause } }: Sighted,
): NewJob {
  if (source === 'event') return readJob(id, type, nodeId, cause, at)
  const wait = Math.min(patience * 2 ** unsettled, longestPatience)
  return readJob(id, type, nodeId, { ...cause, unsettled: unsettled + 1 }, at + wait)
}

type Next = NonNullable<ReturnType<typeof merge>['next']>

async function write(
  store: Store,
  connection: Connection,
  type: ResourceType,
  known: Resource | null,
  next: Next,
  changes: readonly FieldChange[],
  sighted: Sighted,
  parentNodeId: string | undefined,
): Promise<NewJob[]> {
  const loud = changes.filter(({ field }) => !type.fields[field]?.quiet)
  const kind = known === null ? 'found' : known.goneAt ? 'returned' : 'changed'
  const isNews = kind !== 'changed' || loud.length > 0
  const told = loud.filter(({ before }) => before !== undefined)
  const title = type.title(next.data)
  const parentId = await parentOf(store, connection, type, known, parentNodeId)
  const resource = await store.resources.write(
    connection.id,
    {
      resource: {
        ...next,
        connectionId: connection.id,
        type: type.type,
        title,
        parentId,
        version: (known?.version ?? 0) + (isNews ? 1 : 0),
      },
      activity:
        kind !== 'changed' || told.length > 0
          ? { ...line(type, kind, title, told, known?.title ?? title), ...origin(sighted) }
          : null,
    },
    sighted.at,
  )
  await consequencesOf(store, connection, resource, loud, sighted)
  const below = kind === 'returned' ? lookBelow(connection, resource, sighted) : []
  const moved = isNews ? valuesMoved(connection, type, sighted) : []
  return [
    ...below,
    ...moved,
    ...(await affectedBy(store, connection, type, resource, { changes, isNews, known }, sighted)),
  ]
}

/** What lies below a repository that is not recorded yet lies below the organization until then. */
async function parentOf(
  store: Store,
  connection: Connection,
  { parent }: ResourceType,
  known: Resource | null,
  nodeId: string | undefined,
): Promise<number | null> {
  if (!parent) return null
  if (nodeId === undefined && known?.parentId) return known.parentId
  const named = nodeId === undefined ? null : await store.resources.byNodeId(connection.id, parent, nodeId)
  if (named) return named.id
  const root = 'GitHub > Organization'
  return (await store.resources.byNodeId(connection.id, root, connection.organizationNodeId))?.id ?? null
}

async function remove(
  store: Store,
  connection: Connection,
  known: Resource,
  reason: string,
  sighted: Sighted,
): Promise<void> {
  const { id, createdAt: _, ...rest } = known
  const why = sighted.cause.why.endsWith('.deleted') ? 'deleted' : reason
  await store.resources.write(
    connection.id,
    {
      resource: { ...rest, goneAt: sighted.at, goneReason: why, readAt: sighted.at, version: known.version + 1 },
      activity: { kind: 'gone', summary: `${known.title} is gone: ${why}`, changes: [], ...origin(sighted) },
    },
    sighted.at,
  )
  await store.controls.removeOf(connection.id, id)
  await store.jobs.enqueue(valuesMoved(connection, known, sighted))
  await removeBelow(store, connection, known, sighted)
}

/** What lies below a repository leaves our view with it. */
async function removeBelow(store: Store, connection: Connection, gone: Resource, sighted: Sighted): Promise<void> {
  if (gone.type !== 'GitHub > Repository') return
  const below = await store.resources.list(connection.id, { parentId: gone.id, gone: false })
  for (const each of below) await remove(store, connection, each, `its repository is gone: ${gone.title}`, sighted)
}

/** What lies below a repository is looked at when it comes back. */
const lookBelow = (connection: Connection, { type, nodeId }: Resource, { cause, at }: Sighted): NewJob[] =>
  resourceTypes
    .filter(({ parent, readBy }) => parent === type && type === 'GitHub > Repository' && readBy === 'parent')
    .map((below) => readJob(connection.id, below, nodeId, cause, at))

const origin = ({ source, at, cause }: Sighted) => ({
  source: cause.audited ? ('audit log' as const) : source,
  at,
  actor: cause.actor,
  deliveryId: cause.deliveryId,
})

/**
 * A field that is filled in for the first time is no change, and a structure is named without being spelled out. A new title
 * is said once, whatever fields it is part of.
 */
function line(
  { fields }: ResourceType,
  kind: 'found' | 'returned' | 'changed',
  title: string,
  changes: readonly FieldChange[],
  before: string,
) {
  const isRenamed = kind === 'changed' && before !== title
  const what = changes
    .filter((change) => !(isRenamed && isOfTitle(change, before, title)))
    .map(({ field, before, after }) =>
      fields[field]?.kind === 'json' ? field : `${field} from ${String(before)} to ${String(after)}`,
    )
  const name = isRenamed ? `${before} → ${title}` : title
  const summary = {
    found: `${title} is recorded`,
    returned: `${title} is back`,
    changed: what.length > 0 ? `${name}: ${what.join(', ')} changed` : name,
  }
  return { kind, summary: summary[kind].slice(0, 500), changes } as const
}

/** Names and addresses end with what the title ends with, and change with it. */
function isOfTitle(change: FieldChange, before: string, after: string): boolean {
  const end = (title: string) => title.slice(title.lastIndexOf('/') + 1)
  return String(change.before).endsWith(end(before)) && String(change.after).endsWith(end(after))
}
