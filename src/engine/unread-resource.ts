import type { Connection } from '../model/connection.ts'
import type { Resource } from '../model/resource.ts'
import type { ResourceType } from '../model/resource-type.ts'

/** What stands for a thing of which nothing is known yet. `at`: in milliseconds. */
export const unreadResource = (
  { id: connectionId }: Pick<Connection, 'id'>,
  { type, title }: Pick<ResourceType, 'type' | 'title'>,
  nodeId: string,
  at: number,
): Resource => ({
  id: 0,
  connectionId,
  type,
  nodeId,
  parentId: null,
  title: title({}),
  data: {},
  sightings: {},
  revision: null,
  version: 1,
  createdAt: at,
  lastSeen: { source: 'read', at },
  readAt: null,
  refusal: null,
  goneAt: null,
  goneReason: null,
})
