import { setImmediate } from 'node:timers/promises'

/** A clock that moves on only when everybody sleeps, and then at once to whoever wakes first. */
export interface VirtualTime {
  readonly clock: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Lets time pass until nobody sleeps any more, or until this moment; waits meanwhile for what `isBusy` says. */
  run(until?: number): Promise<void>
  /** It stands still from now on: what a test left behind would go on for ever, in the time of the next ones. */
  stop(): void
}

export function virtualTime(isBusy: () => boolean = () => false): VirtualTime {
  let now = Date.UTC(2026, 0, 1)
  let isStopped = false
  /** Those who sleep, by the moment when they wake. */
  const sleepers = new Map<number, (() => void)[]>()
  const everybodySleeps = async () => {
    do await setImmediate()
    while (isBusy())
  }
  return {
    clock: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        const at = now + milliseconds
        const others = sleepers.get(at)
        if (others) others.push(wake)
        else sleepers.set(at, [wake])
      }),
    async run(until = Number.POSITIVE_INFINITY) {
      for (;;) {
        await everybodySleeps()
        if (isStopped) break
        const at = Math.min(...sleepers.keys())
        if (at === Number.POSITIVE_INFINITY || at > until) break
        now = Math.max(now, at)
        const woken = sleepers.get(at) ?? []
        sleepers.delete(at)
        for (const wake of woken) wake()
      }
      if (until < Number.POSITIVE_INFINITY) now = Math.max(now, until)
    },
    stop: () => {
      isStopped = true
    },
  }
}
