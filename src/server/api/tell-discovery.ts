import type { z } from '@hono/zod-openapi'
import type { Means } from '../../engine/means.ts'
import type { Discovery as Pass } from '../../model/discovery.ts'
import { momentOrNull } from './asked.ts'
import type { discovery } from './shapes/connection.ts'

export type Discovery = z.infer<typeof discovery>

/** How far the discovery of each of these connections has come; one that does not run has none. */
export async function discoveries(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionIds: readonly number[],
): Promise<ReadonlyMap<number, Discovery>> {
  const told = new Map<number, Discovery>()
  if (connectionIds.length === 0) return told
  const waiting = new Map((await store.jobs.waiting()).map(({ connectionId, next }) => [connectionId, next]))
  for (const id of connectionIds) {
    const passes = (await store.discoveries.list(id)).filter(({ endedAt }) => endedAt === null)
    const newest = passes.toSorted((a, b) => a.startedAt - b.startedAt).at(-1)
    if (newest) told.set(id, { progress: paceOf(newest, clock()), waitsUntil: momentOrNull(waiting.get(id) ?? null) })
  }
  return told
}

/** By the time since its first page, waiting for GitHub included. */
function paceOf({ type, count, total, startedAt }: Pass, now: number): Discovery['progress'] {
  const perSecond = now > startedAt ? (count * 1_000) / (now - startedAt) : 0
  return {
    type,
    count,
    total,
    perSecond: Math.round(perSecond * 10) / 10,
    secondsLeft: perSecond > 0 && total !== null ? Math.round(Math.max(0, total - count) / perSecond) : null,
  }
}
