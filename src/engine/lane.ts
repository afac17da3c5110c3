import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Job } from '../model/job.ts'
import type { Log } from './means.ts'

/** Jobs that are done together. */
type Batch = readonly Job[]

/** One row of work: what is found is begun at once, so many batches at a time and no more. */
export interface Lane {
  /** There may be new work: looks for it. */
  wake(): void
  /** Resolves when what was looked for has been begun. */
  looked(): Promise<void>
  readonly running: ReadonlySet<Promise<void>>
  /** When it was last asked, and told, what there is to do; in milliseconds. */
  readonly lookedAt: number
  /** Begins nothing more, and resolves when what runs has ended. */
  stop(): Promise<void>
}

export interface LaneOptions {
  readonly atMost: number
  /** Starts up to so many batches. */
  readonly claim: (batches: number) => Promise<readonly Batch[]>
  readonly perform: (batch: Batch) => Promise<void>
  /** Called when a batch has ended. */
  readonly ended: () => void
  readonly clock: () => number
  readonly log: Log
}

export function startLane({ atMost, claim, perform, ended, clock, log }: LaneOptions): Lane {
  const running = new Set<Promise<void>>()
  let stopping = false
  let looking: Promise<void> | null = null
  let again = false
  let lookedAt = clock()

  /** SQLite answers at once, so that a row of jobs would let nothing else in between: no request, no timer. */
  const inItsTurn = async (batch: Batch) => {
    await nextTurn()
    await perform(batch)
  }
  const look = async () => {
    const free = atMost - running.size
    if (stopping || free <= 0) return
    const batches = await claim(free)
    lookedAt = clock()
    for (const batch of batches) {
      const done = inItsTurn(batch).finally(() => {
        running.delete(done)
        ended()
      })
      running.add(done)
    }
  }
  const lookWhileAsked = async () => {
    while (again) {
      again = false
      await look()
    }
  }
  return {
    running,
    get lookedAt() {
      return lookedAt
    },
    wake() {
      if (stopping) return
      again = true
      looking ??= lookWhileAsked()
        .catch((error: unknown) => log.error({ err: error }, 'The store could not be asked for work; trying again'))
        .finally(() => {
          looking = null
        })
    },
    looked: async () => {
      await looking
    },
    async stop() {
      stopping = true
      await looking
      await Promise.all(running)
    },
  }
}
