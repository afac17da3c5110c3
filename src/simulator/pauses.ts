/** Waiting in real time that ends early when the simulator closes. */
export interface Pauses {
  pause(milliseconds: number): Promise<void>
  /** Ends all waiting, also what begins later. */
  end(): void
}

export function createPauses(): Pauses {
  const waiting = new Map<NodeJS.Timeout, () => void>()
  let ended = false
  return {
    pause: (milliseconds) =>
      new Promise((go) => {
        if (ended) return go()
        const timer = setTimeout(() => {
          waiting.delete(timer)
          go()
        }, milliseconds)
        waiting.set(timer, go)
      }),
    end: () => {
      ended = true
      for (const [timer, go] of waiting) {
        clearTimeout(timer)
        go()
      }
      waiting.clear()
    },
  }
}
