import type { FieldChange, Json, PastResource } from './resource.ts'
import { sameJson } from './same-json.ts'

/** What became of one resource between two moments. */
export interface Difference {
  readonly kind: 'found' | 'changed' | 'gone'
  /** As it is at the later moment; one that is gone, as it was at the earlier. */
  readonly resource: PastResource
  /** Of one found or gone: every field. */
  readonly changes: readonly FieldChange[]
}

/**
 * What became of the resources from one moment to another, in the order of the later one, what is gone last. What was
 * already gone counts as not there; what is alike is left out.
 */
export function diff(before: readonly PastResource[], after: readonly PastResource[]): Difference[] {
  const [earlier, later] = [here(before), here(after)]
  const now = [...later.values()].map((resource) => differenceOf(earlier.get(resource.id) ?? null, resource))
  const gone = [...earlier.values()].filter(({ id }) => !later.has(id)).map((resource) => differenceOf(resource, null))
  return [...now, ...gone].filter((difference) => difference !== null)
}

/** What became of one resource; null at a moment: it was not recorded yet. Null: it is alike, or was there at neither. */
export function differenceOf(before: PastResource | null, after: PastResource | null): Difference | null {
  const [earlier, later] = [before && isHere(before) ? before : null, after && isHere(after) ? after : null]
  const resource = later ?? earlier
  if (!resource) return null
  const changes = changesBetween(earlier?.data ?? {}, later?.data ?? {})
  if (!earlier) return { kind: 'found', resource, changes }
  if (!later) return { kind: 'gone', resource, changes }
  return changes.length > 0 ? { kind: 'changed', resource, changes } : null
}

const isHere = ({ goneAt }: PastResource): boolean => goneAt === null

const here = (resources: readonly PastResource[]) =>
  new Map(resources.filter(isHere).map((resource) => [resource.id, resource]))

type Data = Readonly<Record<string, Json>>

function changesBetween(before: Data, after: Data): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return fields
    .filter((field) => !sameJson(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}
