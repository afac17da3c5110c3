import type { z } from '@hono/zod-openapi'
import { differenceOf } from '../../model/diff.ts'
import type { PastResource, Resource } from '../../model/resource.ts'
import type { Became } from '../../model/search.ts'
import { moment, momentOrNull, tellChange } from './asked.ts'
import type { becameRow, difference, pastDetail, pastRow } from './shapes/past.ts'

export const tellPastRow = (
  { id, connectionId, type, title, parentId, version, at, revision, goneAt, goneReason }: PastResource,
  asOf: number,
): z.infer<typeof pastRow> => ({
  id,
  connectionId,
  type,
  title,
  asOf: moment(asOf),
  parentId,
  version,
  at: moment(at),
  revision: momentOrNull(revision),
  goneAt: momentOrNull(goneAt),
  goneReason,
})

export const tellPast = (past: PastResource, asOf: number): z.infer<typeof pastDetail> => ({
  ...tellPastRow(past, asOf),
  nodeId: past.nodeId,
  data: past.data,
})

export function tellDifference(
  { createdAt }: Resource,
  [before, after]: readonly [PastResource | null, PastResource | null],
  { from, to }: { from: number; to: number },
): z.infer<typeof difference> {
  const isForgotten = before === null && createdAt <= from
  const became = isForgotten ? null : differenceOf(before, after)
  return {
    from: moment(from),
    to: moment(to),
    before: before && tellVersion(before),
    after: after && tellVersion(after),
    beforeKept: !isForgotten,
    kind: became?.kind ?? null,
    changes: became?.changes.map(tellChange) ?? [],
  }
}

const tellVersion = ({ version, at, title, goneAt }: PastResource) => ({
  version,
  at: moment(at),
  title,
  goneAt: momentOrNull(goneAt),
})

/** Null: it is again as it was. */
export function tellBecame({ at, before, after, isForgotten }: Became): z.infer<typeof becameRow> | null {
  const { id, connectionId, type, title } = after
  const row = { id, at: moment(at), resource: { id, connectionId, type, title }, beforeKept: !isForgotten }
  if (isForgotten) return { ...row, kind: after.goneAt === null ? 'changed' : 'gone', changes: [] }
  const became = differenceOf(before, after)
  return became && { ...row, kind: became.kind, changes: became.changes.map(tellChange) }
}
