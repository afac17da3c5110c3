import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { Observation, ResourceType } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { affectedBy } from './affected.ts'
import type { Sighted } from './sighted.ts'
import { unreadResource } from './unread-resource.ts'

type Refused = Omit<Extract<Observation, { kind: 'refused' }>, 'kind'>

/**
 * Keeps that GitHub does not let something be read, also where it never was: what is judged by it says so. Returns what
 * follows from it.
 */
export async function refuse(
  store: Store,
  connection: Connection,
  type: ResourceType,
  { nodeId, parentNodeId, refusal }: Refused,
  { at, cause }: Pick<Sighted, 'at' | 'cause'>,
): Promise<NewJob[]> {
  const known = await store.resources.byNodeId(connection.id, type.type, nodeId)
  const parent = known ? null : await store.resources.byNodeId(connection.id, type.parent ?? '', parentNodeId)
  if (known ? (known.readAt ?? 0) > at : !parent || parent.goneAt) return []
  const { id: _, createdAt: __, ...before } = known ?? unreadResource(connection, type, nodeId, at)
  const written = { ...before, parentId: before.parentId ?? parent?.id ?? null, refusal }
  const resource = await store.resources.write(connection.id, { resource: written, activity: null }, at)
  return affectedBy(store, connection, type, resource, { changes: [], isNews: false, known }, { at, cause })
}
