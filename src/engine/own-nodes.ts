import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { blockedUsers, blockedUsersNodeId } from '../resources/blocked-users.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { organization } from '../resources/organization.ts'
import { because, readJob } from './jobs.ts'
import { observe } from './observe.ts'

/**
 * The resources of which there is one per connection: records those that are not there yet. Every control reads what it
 * judges by; what the engine itself needs to know is read in any case.
 */
export async function ownNodes(store: Store, connection: Connection, why: string, now: number): Promise<NewJob[]> {
  const { id, login, organizationNodeId } = connection
  const nodes = [
    { type: organization.type, nodeId: organizationNodeId, data: { login } },
    { type: connectionType.type, nodeId: connectionNodeId(organizationNodeId), data: { login } },
    { type: blockedUsers.type, nodeId: blockedUsersNodeId(organizationNodeId), data: {} },
  ]
  for (const { type, nodeId, data } of nodes) {
    const declared = resourceTypes.find((known) => known.type === type)
    if (declared && !(await store.resources.byNodeId(id, type, nodeId)))
      await observe(
        store,
        connection,
        declared,
        { kind: 'seen', nodeId, data },
        { source: 'event', at: now, cause: because(why) },
      )
  }
  return nodes
    .filter(({ type }) => type !== blockedUsers.type)
    .map(({ type, nodeId }) => readJob(id, { type }, nodeId, because(why), now))
}
