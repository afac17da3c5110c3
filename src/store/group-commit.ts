import { setImmediate as nextTurn } from 'node:timers/promises'

/** Collects what is asked for at about the same time, and does it together. */
export interface Group<Item, Result> {
  add(item: Item): Promise<Result>
  /** Resolves when nothing is waiting or under way. */
  settled(): Promise<void>
}

interface GroupOptions<Item> {
  /** Items in one group, and how large they may be together; one that is larger is a group of its own. */
  readonly atMost: number
  readonly sizeOf: (item: Item) => number
  readonly mostSize: number
  readonly concernsOne: (error: unknown) => boolean
}

/**
 * `commit` does all of the items or none, and answers in their order. Where it fails for a reason that may lie in one
 * of them (`concernsOne`), each is tried alone, so that one bad item does not take the others with it; otherwise all
 * are told the failure.
 */
export function groupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
  options: GroupOptions<Item>,
): Group<Item, Result> {
  type Entry = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }
  const waiting: Entry[] = []
  let underWay: Promise<void> | null = null

  const commitGroup = async (group: readonly Entry[]): Promise<void> => {
    try {
      const results = await commit(group.map(({ item }) => item))
      for (const [index, entry] of group.entries()) entry.resolve(results[index] as Result)
    } catch (error) {
      if (group.length > 1 && options.concernsOne(error)) for (const entry of group) await commitGroup([entry])
      else for (const entry of group) entry.reject(error)
    }
  }

  const nextGroup = (): Entry[] => {
    let size = 0
    const tooMuch = waiting.slice(0, options.atMost).findIndex(({ item }) => {
      size += options.sizeOf(item)
      return size > options.mostSize
    })
    return waiting.splice(0, tooMuch < 0 ? options.atMost : Math.max(1, tooMuch))
  }

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      await nextTurn()
      await commitGroup(nextGroup())
    }
    underWay = null
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        underWay ??= work()
      }),
    settled: async () => {
      while (underWay) await underWay
    },
  }
}
