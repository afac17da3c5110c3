import type { Pauses } from '../pauses.ts'

/** Lets later ones go first. */
export interface Reordering {
  /** Resolves when so many others went by, or after the milliseconds. */
  behind(others: number, milliseconds: number): Promise<void>
  /** One goes by. */
  overtake(): void
}

export function createReordering({ pause }: Pauses): Reordering {
  const waiting = new Set<{ others: number; readonly go: () => void }>()
  return {
    behind: async (others, milliseconds) => {
      const passed = new Promise<void>((go) => {
        const one = { others, go }
        waiting.add(one)
        void pause(milliseconds).then(() => {
          waiting.delete(one)
          go()
        })
      })
      await passed
    },
    overtake: () => {
      for (const one of waiting) {
        one.others -= 1
        if (one.others > 0) continue
        waiting.delete(one)
        // Behind it, not beside it: what goes by is on its way first.
        setImmediate(one.go)
      }
    },
  }
}
