import type { HeldFilter } from '../../model/enforcement-store.ts'
import type { Store } from '../../model/store.ts'
import { controlJob } from '../jobs.ts'

const atOnce = 1_000

/** Has those that wait for this looked at again: each finds for itself whether it may go on. Returns how many. */
export async function wake(
  store: Store,
  connectionId: number,
  waiting: Pick<HeldFilter, 'kinds' | 'change'>,
  why: string,
  now: number,
): Promise<number> {
  let count = 0
  for (let after = 0; ; ) {
    const held = await store.enforcements.held(connectionId, { ...waiting, after, limit: atOnce })
    const controls = await Promise.all(held.map(({ controlId }) => store.controls.get(connectionId, controlId)))
    const known = controls.filter((control) => control !== null)
    await store.jobs.enqueue(
      known.map(({ path, resourceId }) => controlJob(connectionId, { path, resourceId, why, fresh: false }, now)),
    )
    count += known.length
    const last = held.at(-1)
    if (!last || held.length < atOnce) return count
    after = last.controlId
  }
}
