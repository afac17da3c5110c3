import type { Resource } from '../../src/model/resource.ts'

/** A resource that was read a moment ago, of which only the data matters. */
export const resourceOf = <Data>(type: string, data: Partial<Data>, more: Partial<Resource> = {}): Resource<Data> => ({
  id: 1,
  connectionId: 1,
  type,
  nodeId: 'O_kgDOAAAAAQ',
  parentId: null,
  title: 'acme',
  sightings: {},
  revision: null,
  version: 1,
  createdAt: 0,
  lastSeen: { source: 'read', at: 0 },
  readAt: 0,
  refusal: null,
  goneAt: null,
  goneReason: null,
  ...more,
  data,
})
