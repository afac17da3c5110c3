import { setImmediate as nextTurn } from 'node:timers/promises'

/** So many at once: a few milliseconds of writing, for which deliveries that come in wait. */
const groupSize = 10

/** Does long work group by group, and lets others have their turn in between. */
export async function inGroups<Item>(
  items: readonly Item[],
  work: (group: readonly Item[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += groupSize) {
    if (start > 0) await nextTurn()
    await work(items.slice(start, start + groupSize))
  }
}
