import type { Connection } from '../model/connection.ts'
import { background, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { ReadContext, ResourceType } from '../model/resource-type.ts'
import { resourceTypes } from '../resources/index.ts'
import { inGroups } from './in-groups.ts'
import { because, readJob } from './jobs.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { readContext } from './read-context.ts'

/**
 * Brings every resource that the connection can see into the CMDB, page by page. What a complete pass did not see is read
 * by itself, and only that read says it is gone.
 */
export async function discover(means: Means, { connectionId, payload }: Job): Promise<void> {
  const connection = await means.store.connections.get(connectionId ?? 0)
  if (connection?.status !== 'active') return
  const context = await readContext(means, connection, background('discovery'))
  if (!context) return
  const { why } = payload as { why: string }
  for (const type of resourceTypes) if (type.discover) await discoverType(means, connection, context, type, why)
}

async function discoverType(
  { store, clock, log }: Means,
  connection: Connection,
  context: ReadContext,
  type: ResourceType,
  why: string,
): Promise<void> {
  const startedAt = clock()
  const about = { connection: connection.id, type: type.type }
  let count = 0
  try {
    let at = startedAt
    for await (const page of type.discover?.(context) ?? []) {
      const sighted = { source: 'discovery', at, cause: because(`discovery: ${why}`) } as const
      await inGroups(page, (group) =>
        store.redoable(async (tx) => {
          for (const seen of group) await observe(tx, connection, type, seen, sighted)
        }),
      )
      count += page.length
      log.debug({ ...about, count }, 'Discovering')
      at = clock()
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    log.warn({ ...about, count, code: error.diagnosis.code }, `Discovery was refused: ${error.diagnosis.reason}`)
    return
  }
  const unseen = await store.resources.notSeenSince(connection.id, type.type, startedAt)
  const now = clock()
  await store.jobs.enqueue(
    unseen.map(({ nodeId }) => readJob(connection.id, type, nodeId, because('not seen by discovery'), now)),
  )
  log.info({ ...about, count, unseen: unseen.length, ms: now - startedAt }, 'Discovered')
}
