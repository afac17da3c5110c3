import type { Job } from '../model/job.ts'

/** A job that was tried and not done. */
export interface Failure {
  readonly job: Job
  readonly error: unknown
}

/** Works each off by itself, so that what one throws stops no other; returns those that threw. */
export async function eachAlone<Item extends { readonly job: Job }>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const item of items)
    try {
      await work(item)
    } catch (error) {
      failures.push({ job: item.job, error })
    }
  return failures
}
