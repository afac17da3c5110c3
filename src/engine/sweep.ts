import { setImmediate as nextTurn } from 'node:timers/promises'
import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { Job } from '../model/job.ts'
import { organization as organizationType } from '../resources/organization.ts'
import { type SweepPayload, sweepJob } from './jobs.ts'
import type { Means } from './means.ts'
import { sweepPage } from './sweep-page.ts'

/** So many judgements in one transaction: a few milliseconds, for which deliveries that come in wait. */
const judgementsAtOnce = 500
/** So many pages by one job: a fraction of a second, for which a stop waits. */
const pagesAtOnce = 10

/**
 * Judges controls of many resources by what is known of them, page by page, without asking GitHub, and writes those that
 * come to something else. A page is read, judged and written in one transaction, so that nothing comes in between.
 */
export async function sweep(means: Means, job: Pick<Job, 'connectionId' | 'payload'>): Promise<void> {
  const { store, clock } = means
  const payload = job.payload as SweepPayload
  const connection = await store.connections.get(job.connectionId ?? 0)
  if (!connection) return
  const controls = Map.groupBy(
    controlTypes.filter(({ path, target }) => payload.paths.includes(path) && target !== organizationType.type),
    ({ target }) => target,
  )
  let from: SweepPayload['from'] = payload.from ?? firstOf(controls)
  for (let page = 0; from && page < pagesAtOnce; page++) {
    if (page > 0) await nextTurn()
    from = await nextPage(means, connection, controls, payload, from)
  }
  if (from) await store.jobs.enqueue([sweepJob(connection.id, { ...payload, from }, clock())])
}

type ByTarget = ReadonlyMap<string, readonly ControlType[]>

const firstOf = (controls: ByTarget, after?: string): SweepPayload['from'] => {
  const types = [...controls.keys()]
  const type = types[after === undefined ? 0 : types.indexOf(after) + 1]
  return type === undefined ? null : { type, afterId: 0 }
}

/** Returns where the next page begins; null: that was the last. */
async function nextPage(
  means: Means,
  connection: Connection,
  controls: ByTarget,
  { placeId, unjudged, why }: SweepPayload,
  { type, afterId }: NonNullable<SweepPayload['from']>,
): Promise<SweepPayload['from']> {
  const ofType = controls.get(type) ?? []
  const limit = Math.ceil(judgementsAtOnce / Math.max(1, ofType.length))
  const lastId = await means.store.redoable(async (tx) => {
    const resources = await tx.resources.inOrder(connection.id, type, {
      ...{ afterId, limit },
      ...(placeId !== null && { parentId: placeId }),
      ...(unjudged && { unjudged }),
    })
    await sweepPage(means, tx, { connection, controls: ofType, resources, why })
    return resources.length < limit ? null : (resources.at(-1)?.id ?? null)
  })
  return lastId === null ? firstOf(controls, type) : { type, afterId: lastId }
}
