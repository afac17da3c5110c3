import type { Connection } from '../model/connection.ts'
import { background, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { ReadContext, ResourceType } from '../model/resource-type.ts'
import { resourceTypes } from '../resources/index.ts'
import { inGroups } from './in-groups.ts'
import { because, type DiscoverPayload, type DiscoverProgress, discoverJob, readJob } from './jobs.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { readContext } from './read-context.ts'

/** One pass over all resources of one type. */
interface Pass {
  readonly connection: Connection
  readonly context: ReadContext
  readonly type: ResourceType
  readonly why: string
  /** Null: from the first page. */
  readonly progress: DiscoverProgress | null
  /** Keeps how far it has come. */
  note(progress: DiscoverProgress): Promise<void>
}

/**
 * Brings every resource that the connection can see into the CMDB, page by page. What a complete pass did not see is read
 * by itself, and only that read says it is gone. Put off on its way, it goes on where it was.
 */
export async function discover(means: Means, { id, connectionId, payload }: Job): Promise<void> {
  const connection = await means.store.connections.get(connectionId ?? 0)
  if (connection?.status !== 'active') return
  const context = await readContext(means, connection, background('discovery'))
  if (!context) return
  const { why, progress: before } = payload as DiscoverPayload
  const note = (progress: DiscoverProgress) => means.store.jobs.note(id, { why, progress } satisfies DiscoverPayload)
  const types = resourceTypes.filter(({ discover }) => discover)
  const first = Math.max(
    0,
    types.findIndex(({ type }) => type === before?.type),
  )
  for (const type of types.slice(first)) {
    const progress = before?.type === type.type ? before : null
    await discoverType(means, { connection, context, type, why, progress, note })
  }
}

async function discoverType(means: Means, pass: Pass): Promise<void> {
  const { store, clock, log } = means
  const { connection, type, why, progress } = pass
  const startedAt = progress?.startedAt ?? clock()
  const about = { connection: connection.id, type: type.type }
  let count = progress?.count ?? 0
  try {
    let at = progress ? clock() : startedAt
    for await (const { seen, next, total } of type.discover?.(pass.context, progress?.from ?? null) ?? []) {
      const sighted = { source: 'discovery', at, cause: because(`discovery: ${why}`) } as const
      await inGroups(seen, (group) =>
        store.redoable(async (tx) => {
          for (const each of group) await observe(tx, connection, type, each, sighted)
        }),
      )
      count += seen.length
      if (next !== null) {
        await pass.note({ type: type.type, startedAt, from: next, count, total })
        log.info({ ...about, count, total }, 'Discovering')
      }
      at = clock()
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    log.warn({ ...about, count, code: error.diagnosis.code }, `Discovery was refused: ${error.diagnosis.reason}`)
    // The place where it was to go on may be what is refused.
    if (progress) await store.jobs.enqueue([discoverJob(connection.id, why, clock())])
    return
  }
  const unseen = await store.resources.notSeenSince(connection.id, type.type, startedAt)
  const now = clock()
  await store.jobs.enqueue(
    unseen.map(({ nodeId }) => readJob(connection.id, type, nodeId, because('not seen by discovery'), now)),
  )
  log.info({ ...about, count, unseen: unseen.length, ms: now - startedAt }, 'Discovered')
}
