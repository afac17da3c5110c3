import { isDeepStrictEqual } from 'node:util'
import type { FieldChange, Resource, Sighting } from '../model/resource.ts'
import type { Observation, ResourceType } from '../model/resource-type.ts'
import type { Sighted } from './observe.ts'

type Seen = Extract<Observation, { kind: 'seen' }>

/** A resource as it stands after an observation. Null `next`: the observation is older than what is known. */
export interface Outcome {
  readonly next: Omit<Resource, 'id' | 'connectionId' | 'type' | 'parentId' | 'title' | 'version' | 'createdAt'> | null
  readonly changes: readonly FieldChange[]
  /** Only a read can tell what is true now. */
  readonly unsettled: boolean
}

/**
 * Lays a partial observation over what is known. Fields it does not mention stay. Nothing older overwrites anything newer:
 * GitHub's own change counter decides where both have one, else the moment each field was last known true.
 */
export function merge(
  type: Pick<ResourceType, 'fields'>,
  known: Resource | null,
  seen: Seen,
  { source, at }: Pick<Sighted, 'source' | 'at'>,
): Outcome {
  const isRead = source !== 'event'
  const differing = Object.keys(seen.data).filter((field) => !isDeepStrictEqual(known?.data[field], seen.data[field]))
  const isLoud = differing.some((field) => !type.fields[field]?.quiet)
  const age = order(known, seen)

  if (age === 'older' || (age === 'same' && !isRead && isLoud)) return { next: null, changes: [], unsettled: isLoud }
  if (isRead && known?.readAt && known.readAt > at) return { next: null, changes: [], unsettled: false }

  const data = { ...known?.data }
  const sightings: Record<string, Sighting> = { ...known?.sightings }
  const changes: FieldChange[] = []
  let isKept = false
  for (const [field, after] of Object.entries(seen.data)) {
    if ((sightings[field]?.at ?? 0) > at) {
      isKept ||= differing.includes(field)
      continue
    }
    sightings[field] = { source, at }
    if (!differing.includes(field)) continue
    changes.push({ field, before: data[field], after })
    data[field] = after as (typeof data)[string]
  }
  return {
    next: {
      nodeId: seen.nodeId,
      data,
      sightings,
      revision: Math.max(known?.revision ?? 0, seen.revision ?? 0) || null,
      lastSeen: at >= (known?.lastSeen.at ?? 0) ? { source, at } : (known?.lastSeen ?? { source, at }),
      readAt: isRead ? at : (known?.readAt ?? null),
      refusal: isRead ? null : (known?.refusal ?? null),
      goneAt: null,
      goneReason: null,
    },
    changes,
    unsettled: isKept || (!isRead && (known === null || changes.some(({ field }) => !type.fields[field]?.quiet))),
  }
}

/** By GitHub's change counter; `unknown` where one of the two has none. */
function order(known: Resource | null, { revision }: Seen): 'older' | 'same' | 'newer' | 'unknown' {
  if (!known?.revision || !revision) return 'unknown'
  return revision < known.revision ? 'older' : revision > known.revision ? 'newer' : 'same'
}
