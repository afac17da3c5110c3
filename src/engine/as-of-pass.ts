import type { Discovery } from '../model/discovery.ts'
import type { Resource } from '../model/resource.ts'
import { resourceTypes } from '../resources/index.ts'
import { unreadResource } from './unread-resource.ts'

/**
 * A resource as the newest pass over its type leaves it. What kept the pass from GitHub keeps each of them from being read
 * that was not read since; lists go on without what GitHub hides in them, so that there it is only not known.
 */
export function asOfPass(
  name: string,
  nodeId: string,
  known: Resource | null,
  pass: Discovery | undefined,
): Resource | null {
  const type = resourceTypes.find((each) => each.type === name)
  if (!type || !pass?.refusal || (known?.readAt ?? 0) > pass.startedAt) return known
  const isHidden = type.discover !== undefined && !type.perRepository
  const resource = known ?? unreadResource({ id: pass.connectionId }, type, nodeId, pass.startedAt)
  return isHidden ? { ...resource, readAt: resource.readAt ?? pass.startedAt } : { ...resource, refusal: pass.refusal }
}
