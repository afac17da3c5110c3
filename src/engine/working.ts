import type { Means } from './means.ts'

/** Three signs of life missed: whoever worked on this database is gone. In milliseconds. */
const silence = 16_000

/** Whether another process works on this database. */
export async function isWorkedOn({ store, clock }: Pick<Means, 'store' | 'clock'>): Promise<boolean> {
  const last = await store.heartbeat.last()
  return last !== null && clock() - last < silence
}
