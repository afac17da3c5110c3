import type { FieldChange, Json, Resource, Sighting } from '../model/resource.ts'
import type { Observation, ResourceType } from '../model/resource-type.ts'
import { sameJson } from '../model/same-json.ts'
import type { Sighted } from './sighted.ts'

type Seen = Extract<Observation, { kind: 'seen' }>

/** A resource as it stands after an observation. Null `next`: the observation is older than what is known. */
export interface Outcome {
  readonly next: Omit<Resource, 'id' | 'connectionId' | 'type' | 'parentId' | 'title' | 'version' | 'createdAt'> | null
  readonly changes: readonly FieldChange[]
  /** Only a read can tell what is true now. */
  readonly unsettled: boolean
}

/** How long GitHub's answer to a read may lag behind its own events, in milliseconds. */
const lag = 60_000

/**
 * Lays a partial observation over what is known. Fields it does not mention stay. Nothing older overwrites anything newer:
 * GitHub's own change counter decides where both have one, else the moment each field was last known true. In the end the
 * newest read is right, whatever its counter says.
 */
export function merge(
  type: Pick<ResourceType, 'fields'>,
  known: Resource | null,
  seen: Seen,
  { source, at }: Pick<Sighted, 'source' | 'at'>,
): Outcome {
  const isRead = source !== 'event'
  const said = seen.data as Readonly<Record<string, Json>>
  const differing = Object.keys(said).filter((field) => !sameJson(known?.data[field], said[field]))
  const moment = isRead || seen.revision ? null : momentIn(type, seen)
  const age = order(known, seen, moment)
  const isTold = differing.some((field) => (moment ? field !== moment : !type.fields[field]?.quiet))

  const mayLag = !isRead || at - (known?.lastSeen.at ?? 0) <= lag
  if ((age === 'older' && mayLag) || (age === 'same' && !isRead && isTold))
    return { next: null, changes: [], unsettled: isTold }
  if (isRead && known?.readAt && known.readAt > at) return { next: null, changes: [], unsettled: false }

  const data = { ...known?.data }
  const sightings: Record<string, Sighting> = { ...known?.sightings }
  const changes: FieldChange[] = []
  let isKept = false
  for (const [field, after] of Object.entries(said)) {
    if ((sightings[field]?.at ?? 0) > at) {
      isKept ||= differing.includes(field)
      continue
    }
    sightings[field] = { source, at }
    if (!differing.includes(field)) continue
    changes.push({ field, before: data[field], after })
    data[field] = after
  }
  return {
    next: {
      nodeId: seen.nodeId,
      data,
      sightings,
      revision: (isRead && seen.revision) || Math.max(known?.revision ?? 0, seen.revision ?? 0) || null,
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

/** By GitHub's change counter, else by that moment; `unknown` where one of the two has none. */
function order(known: Resource | null, seen: Seen, moment: string | null): 'older' | 'same' | 'newer' | 'unknown' {
  const [before, now] = moment
    ? [known?.data[moment], seen.data[moment]].map((value) => (typeof value === 'string' ? Date.parse(value) : null))
    : [known?.revision, seen.revision]
  if (!before || !now) return 'unknown'
  return now < before ? 'older' : now > before ? 'newer' : 'same'
}

/** The field that moves on with what an event without a counter tells: of a push, `pushedAt`. */
const momentIn = ({ fields }: Pick<ResourceType, 'fields'>, { data }: Seen): string | null =>
  Object.keys(data).find((field) => fields[field]?.kind === 'time' && fields[field].quiet) ?? null
