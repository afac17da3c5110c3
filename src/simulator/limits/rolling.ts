/** What was spent within the last so many milliseconds, by key. */
export interface Rolling {
  /** Whether that much more would stay within the limit. */
  fits(key: string, amount: number): boolean
  add(key: string, amount: number): void
  /** When the oldest that still counts no longer does. */
  nextRoom(key: string): number
}

interface Window {
  readonly spent: { readonly at: number; readonly amount: number }[]
  sum: number
}

export function createRolling(now: () => number, span: number, limit: number): Rolling {
  const windows = new Map<string, Window>()
  const recent = (key: string): Window => {
    const window = windows.get(key) ?? { spent: [], sum: 0 }
    windows.set(key, window)
    while ((window.spent[0]?.at ?? Number.POSITIVE_INFINITY) <= now() - span) {
      window.sum -= window.spent.shift()?.amount ?? 0
    }
    return window
  }
  return {
    fits: (key, amount) => recent(key).sum + amount <= limit,
    add: (key, amount) => {
      if (limit === Number.POSITIVE_INFINITY) return
      const window = recent(key)
      window.spent.push({ at: now(), amount })
      window.sum += amount
    },
    nextRoom: (key) => (recent(key).spent[0]?.at ?? now()) + span,
  }
}
