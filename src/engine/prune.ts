import { prunables } from '../model/retention.ts'
import { pruneJob } from './jobs.ts'
import type { Means } from './means.ts'

/** How often what is too old is looked for, in milliseconds. */
const rhythm = 3_600_000
/** Rows in one transaction: few enough that nobody waits long for it. */
const rowsAtOnce = 500
/** Transactions in one job: a stop waits for its end. */
const mostBatches = 200

/** Lets go of what is older than it shall be kept, but for what is needed still. */
export async function prune({
  store,
  clock,
  keep,
  log,
}: Pick<Means, 'store' | 'clock' | 'keep' | 'log'>): Promise<void> {
  const now = clock()
  let batches = 0
  for (const what of prunables) {
    const age = keep[what]
    if (age === null) continue
    let removed = 0
    let from: number | null = 0
    for (; from !== null && batches < mostBatches; batches++) {
      const batch = await store.retention.prune(what, now - age, from, rowsAtOnce)
      removed += batch.removed
      from = batch.next
    }
    if (removed > 0)
      log.info({ what, removed, olderThan: new Date(now - age).toISOString() }, 'What was too old is gone')
  }
  await store.jobs.enqueue([pruneJob(batches < mostBatches ? now + rhythm : clock())])
}
