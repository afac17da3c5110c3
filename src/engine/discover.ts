import type { Connection } from '../model/connection.ts'
import type { Discovery } from '../model/discovery.ts'
import { background, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { DiscoveredPage, ReadContext, ResourceType } from '../model/resource-type.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { repository } from '../resources/repository.ts'
import { inGroups } from './in-groups.ts'
import { because, type DiscoverPayload, discoverTypeJob, readJob } from './jobs.ts'
import { judgedByPass } from './judged-by-pass.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { readGranted } from './read.ts'
import { readContext } from './read-context.ts'
import { pollAfter } from './rhythm.ts'
import { discoveredWith, typesAlong, typesToDiscover, whyNotAsked } from './what-to-discover.ts'

/**
 * Brings every resource that the connection can see into the CMDB: each type in a pass of its own, so that what is refused
 * or put off of one holds up no other.
 */
export async function discover(means: Means, { id, connectionId, payload, runAt }: Job): Promise<void> {
  const { store, clock } = means
  const connection = await store.connections.get(connectionId ?? 0)
  if (connection?.status !== 'active') return
  const asked = payload as DiscoverPayload
  const types = await typesToDiscover(store, connection, clock())
  if (asked.type === undefined) {
    const passes = await store.discoveries.list(connection.id)
    const isDone = ({ type }: ResourceType) =>
      passes.some((pass) => pass.type === type && pass.startedAt >= asked.since && (pass.endedAt ?? 0) >= runAt)
    const wanted = types.filter((type) => !type.discoveredWith && !isDone(type))
    return store.jobs.enqueue(
      wanted.map((type) => discoverTypeJob(connection.id, type, asked.why, clock(), asked.since)),
    )
  }
  const type = types.find((known) => known.type === asked.type)
  if (type) await readGranted(means, connection, type)
  const context = type && (await readContext(means, connection, background('discovery'), type.type))
  if (!type || !context) return
  const began = await begin(means, connection, type, asked)
  const note = (progress: DiscoverPayload['progress']) =>
    store.jobs.note(id, { ...asked, ...(progress && { progress }) } satisfies DiscoverPayload)
  const ended = await pass(means, { connection, context, type, note }, began)
  if (ended) {
    await schedule(means, connection, type)
    await store.jobs.enqueue(await judgedByPass(store, connection, type, asked.why, clock()))
  }
  if (type.type === repository.type) await store.jobs.enqueue([standingJob(connection, clock())])
}

/** What the connection says of looking for repositories is of now. */
const standingJob = ({ id, organizationNodeId }: Connection, now: number) =>
  readJob(id, connectionType, connectionNodeId(organizationNodeId), because('discovery'), now)

/** Once more after a while, though nothing is heard. */
async function schedule(means: Means, connection: Connection, type: ResourceType): Promise<void> {
  const wait = await pollAfter(means, connection, type)
  if (wait === null) return
  const at = means.clock() + wait
  await means.store.jobs.enqueue([discoverTypeJob(connection.id, type, 'rhythm', at)])
}

/** A pass that was put off or cut off is taken up where it was. */
async function begin({ store, clock }: Means, { id }: Connection, { type }: ResourceType, asked: DiscoverPayload) {
  const before = (await store.discoveries.list(id)).find((pass) => pass.type === type)
  if (before?.endedAt === null && before.next !== null && before.startedAt >= asked.since) return before
  return {
    connectionId: id,
    type,
    why: asked.why,
    startedAt: clock(),
    endedAt: null,
    completedAt: before?.completedAt ?? null,
    count: 0,
    total: null,
    next: null,
    requests: 0,
    refusal: null,
  } satisfies Discovery
}

/** One pass over all resources of one type. */
interface Pass {
  readonly connection: Connection
  readonly context: ReadContext
  readonly type: ResourceType
  /** Keeps how far it has come where people look at jobs. */
  note(progress: DiscoverPayload['progress']): Promise<void>
}

/**
 * What a complete pass did not see is read by itself, and only that read says it is gone. False: it begins anew, since the
 * place where it was to go on may be what was refused.
 */
async function pass(means: Means, { connection, context, type, note }: Pass, began: Discovery): Promise<boolean> {
  const { store, clock, log } = means
  const along = new Set(await typesAlong(store, connection, type))
  const brought = new Set<string>()
  const about = { connection: connection.id, type: type.type }
  const asked = context.github.calls.length
  let now = began
  const save = (change: Partial<Discovery>) => {
    now = { ...now, requests: began.requests + context.github.calls.length - asked, ...change }
    return store.discoveries.save(now)
  }
  try {
    const refusal = await whyNotAsked(store, connection, type)
    if (refusal) throw new Refusal(refusal, null)
    await save({})
    if (!type.discover) await store.jobs.enqueue([ownRead(connection, type, began, clock())])
    let at = clock()
    for await (const page of type.discover?.(context, began.next) ?? []) {
      const beside = page.beside?.filter(({ type }) => along.has(type)) ?? []
      await bringIn(means, connection, type, { ...page, beside }, { at, why: began.why })
      for (const { type } of beside) brought.add(type)
      await save({ count: now.count + (page.count ?? page.seen.length), total: page.total, next: page.next })
      if (page.next !== null) {
        await note({ count: now.count, total: now.total })
        log.info({ ...about, ...progressOf(means, connection, now) }, 'Discovering')
      }
      at = clock()
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) {
      await save({})
      throw error
    }
    log.warn({ ...about, count: now.count, code: error.diagnosis.code }, `Discovery was refused: ${error.message}`)
    await save({ endedAt: clock(), next: null, refusal: error.diagnosis })
    if (began.next === null) {
      await discoverAlone(means, connection, type, began, brought)
      return true
    }
    await store.jobs.enqueue([discoverTypeJob(connection.id, type, began.why, clock())])
    return false
  }
  const unseen = await lookForUnseen(means, connection, type, began.startedAt, brought)
  await discoverAlone(means, connection, type, began, brought)
  await save({ endedAt: clock(), completedAt: clock(), total: now.count, next: null, refusal: null })
  log.info({ ...about, count: now.count, unseen, requests: now.requests, ms: clock() - now.startedAt }, 'Discovered')
  return true
}

const ownRead = ({ id, organizationNodeId }: Connection, type: ResourceType, { why }: Discovery, now: number) =>
  readJob(id, type, type.single?.(organizationNodeId) ?? organizationNodeId, because(why), now)

async function bringIn(
  { store }: Means,
  connection: Connection,
  type: ResourceType,
  { seen, beside = [] }: DiscoveredPage,
  { at, why }: { at: number; why: string },
): Promise<void> {
  const sighted = { source: 'discovery', at, cause: because(`discovery: ${why}`) } as const
  const other = (name: string) => resourceTypes.find((known) => known.type === name)
  const all = [
    ...seen.map((each) => ({ of: type, each })),
    ...beside.flatMap(({ type: name, seen }) => seen.map((each) => ({ of: other(name) ?? type, each }))),
  ]
  await inGroups(all, (group) =>
    store.redoable(async (tx) => {
      for (const { of, each } of group) await observe(tx, connection, of, each, sighted)
    }),
  )
}

/** What this pass would bring along, and what it did not tell of, has a pass of its own. */
const discoverAlone = (
  { store, clock }: Means,
  { id }: Connection,
  type: ResourceType,
  { why }: Discovery,
  brought: ReadonlySet<string>,
) =>
  store.jobs.enqueue(
    discoveredWith(type)
      .filter(({ type, discover }) => discover && !brought.has(type))
      .map((each) => discoverTypeJob(id, each, why, clock())),
  )

/** How many were known and not seen. */
async function lookForUnseen(
  { store, clock }: Means,
  { id }: Connection,
  type: ResourceType,
  startedAt: number,
  brought: ReadonlySet<string>,
) {
  if (!type.discover) return 0
  let count = 0
  for (const of of [type, ...discoveredWith(type).filter(({ type, discover }) => !discover || brought.has(type))]) {
    const unseen = await store.resources.notSeenSince(id, of.type, startedAt)
    // What lies below a repository that was never recorded is asked for by itself.
    const nodeIds = unseen.map(({ nodeId, parentNodeId, parentType }) =>
      of.readBy === 'parent' && parentType === of.parent ? parentNodeId : nodeId,
    )
    const jobs = [...new Set(nodeIds)].flatMap((nodeId) =>
      nodeId ? [readJob(id, of, nodeId, because('not seen by discovery'), clock())] : [],
    )
    await store.jobs.enqueue(jobs)
    count += unseen.length
  }
  return count
}

/** Count and rate, and what GitHub leaves of the hour. */
function progressOf({ clients, clock }: Means, { id }: Connection, { count, total, startedAt, requests }: Discovery) {
  const seconds = Math.max(1, clock() - startedAt) / 1_000
  const budget = Object.fromEntries(
    clients
      .budgets()
      .filter(({ connectionId }) => connectionId === id)
      .map(({ resource, remaining }) => [resource, remaining]),
  )
  return { count, total, remaining: total && total - count, perSecond: Math.round(count / seconds), requests, budget }
}
