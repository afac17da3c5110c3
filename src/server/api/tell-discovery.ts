import type { z } from '@hono/zod-openapi'
import { type DiscoverPayload, discoverJob } from '../../engine/jobs.ts'
import type { Means } from '../../engine/means.ts'
import { momentOrNull } from './asked.ts'
import type { discovery } from './shapes/connection.ts'

export type Discovery = z.infer<typeof discovery>

/** How far the discovery of each of these connections has come; one that does not run has none. */
export async function discoveries(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionIds: readonly number[],
): Promise<ReadonlyMap<number, Discovery>> {
  if (connectionIds.length === 0) return new Map()
  const now = clock()
  const jobs = await store.jobs.same(connectionIds.map((id) => discoverJob(id, '', now)))
  const told = new Map<number, Discovery>()
  for (const { connectionId, payload, state, runAt } of jobs) {
    const { progress = null } = payload as DiscoverPayload
    // What is queued and has not begun is no discovery yet; one that runs is told before one that follows it.
    if (connectionId === null || told.has(connectionId) || (state === 'queued' && progress === null)) continue
    const waitsUntil = state === 'queued' && runAt > now ? runAt : null
    told.set(connectionId, { progress: progress && paceOf(progress, now), waitsUntil: momentOrNull(waitsUntil) })
  }
  return told
}

/** By the time since its first page, waiting for GitHub included. */
function paceOf(
  { type, count, total, startedAt }: NonNullable<DiscoverPayload['progress']>,
  now: number,
): NonNullable<Discovery['progress']> {
  const perSecond = now > startedAt ? (count * 1_000) / (now - startedAt) : 0
  return {
    type,
    count,
    total,
    perSecond: Math.round(perSecond * 10) / 10,
    secondsLeft: perSecond > 0 ? Math.round(Math.max(0, total - count) / perSecond) : null,
  }
}
