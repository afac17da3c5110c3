import type { Connection } from '../model/connection.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import { type GitHubReader, live, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { Observation, ResourceType } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { inGroups } from './in-groups.ts'
import { because, type Cause, type ReadPayload } from './jobs.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { readContext } from './read-context.ts'
import { refuse } from './refuse.ts'

/** Asks GitHub for the newest state of some resources of one type, as their jobs ask, in one go. */
export async function readJobs(means: Means, jobs: readonly Job[]): Promise<void> {
  const payloads = jobs.map(({ payload }) => payload as ReadPayload)
  const connection = await means.store.connections.get(jobs[0]?.connectionId ?? 0)
  const type = resourceTypes.find((known) => known.type === payloads[0]?.type)
  if (!connection || !type) return
  await readGranted(means, connection, type)
  await readResources(means, connection, type, payloads)
}

/** Reads the connection where that is what has to be known first, and never was. */
export async function readGranted(means: Means, connection: Connection, { readsGranted }: ResourceType): Promise<void> {
  if (!readsGranted || connection.status !== 'active') return
  const nodeId = connectionNodeId(connection.organizationNodeId)
  const facts = await means.store.resources.byNodeId(connection.id, connectionType.type, nodeId)
  const type = resourceTypes.find((known) => known.type === connectionType.type)
  if (type && facts?.readAt === null && !facts.refusal)
    await readResources(means, connection, type, [{ nodeId, ...because('connected') }])
}

/**
 * Reads and records. A refusal is recorded with the resources it kept from being read; one that only says "later", or no
 * answer at all, is thrown, for the job to be tried again.
 */
export async function readResources(
  means: Means,
  connection: Connection,
  type: ResourceType,
  wanted: readonly ({ nodeId: string } & Cause)[],
  github?: GitHubReader | null,
): Promise<void> {
  if (connection.status !== 'active' && type.type !== 'GitHub > Connection') return
  const at = means.clock()
  try {
    const context = await readContext(means, connection, live(`read of ${type.type}`), type.type)
    if (!context) return
    const observations = await type.read(
      { ...context, ...(github && { github }) },
      wanted.map(({ nodeId }) => nodeId),
    )
    await record(means, connection, type, wanted, observations, at)
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    await recordRefusal(means, connection, type, wanted, error.diagnosis)
  }
}

async function record(
  { store, clients }: Means,
  connection: Connection,
  type: ResourceType,
  wanted: readonly ({ nodeId: string } & Cause)[],
  observations: readonly Observation[],
  at: number,
): Promise<void> {
  const granted = () =>
    store.resources.byNodeId(connection.id, type.type, wanted[0]?.nodeId ?? '').then((r) => r?.data.granted)
  const before = type.type === 'GitHub > Connection' ? JSON.stringify(await granted()) : null
  await inGroups([...observations.entries()], (group) =>
    store.redoable(async (tx) => {
      for (const [index, observation] of group) {
        const cause = causeOf(connection, type, wanted, observation, index)
        await observe(tx, connection, type, observation, { source: 'read', at, cause })
      }
    }),
  )
  await attribute(store, connection, type, wanted)
  if (before !== null && before !== JSON.stringify(await granted())) clients.renew(connection)
}

/**
 * What was found out by asking before the audit log told of it gets its name now; what there was before we came was found,
 * not made.
 */
async function attribute(
  store: Store,
  { id, createdAt }: Connection,
  { type }: ResourceType,
  wanted: readonly ({ nodeId: string } & Cause)[],
): Promise<void> {
  for (const { nodeId, actor, audited } of wanted)
    if (actor !== null && audited && audited.since > createdAt)
      await store.activities.attribute(id, { type, nodeId, actor, since: audited.since })
}

/** What is read by its parent comes in any number; all else in the order in which it was asked for. */
function causeOf(
  { organizationNodeId }: Connection,
  { readBy }: ResourceType,
  wanted: readonly ({ nodeId: string } & Cause)[],
  said: Observation,
  index: number,
): Cause {
  const parent = said.kind === 'seen' ? (said.parentNodeId ?? organizationNodeId) : said.nodeId
  const asked = readBy === 'parent' ? wanted.find(({ nodeId }) => nodeId === parent) : wanted[index]
  return asked ?? { why: 'read', actor: null, deliveryId: null }
}

async function recordRefusal(
  { store, clock, log }: Means,
  connection: Connection,
  type: ResourceType,
  wanted: readonly ({ nodeId: string } & Cause)[],
  refusal: Diagnosis,
): Promise<void> {
  const at = clock()
  log.warn({ connection: connection.id, type: type.type, code: refusal.code }, refusal.reason)
  await inGroups(wanted, (group) =>
    store.transaction(async (tx) => {
      for (const cause of group) {
        const of = { parentNodeId: connection.organizationNodeId, refusal }
        for (const nodeId of await unread(tx, connection, type, cause.nodeId))
          await tx.jobs.enqueue(await refuse(tx, connection, type, { nodeId, ...of }, { at, cause }))
      }
    }),
  )
}

/** What a refused read would have told of, by node id: what the organization has one of, also where it was never read. */
async function unread(
  store: Store,
  { id, organizationNodeId }: Connection,
  { type, parent, readBy, single }: ResourceType,
  nodeId: string,
): Promise<readonly string[]> {
  if (readBy !== 'parent') {
    const isKnown = (await store.resources.byNodeId(id, type, nodeId)) !== null
    return isKnown || single?.(organizationNodeId) === nodeId ? [nodeId] : []
  }
  const above = await store.resources.byNodeId(id, parent ?? '', nodeId)
  const below = above ? await store.resources.list(id, { type, parentId: above.id, gone: false }) : []
  return below.map((each) => each.nodeId)
}
