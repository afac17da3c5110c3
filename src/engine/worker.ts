import { type Lane, startLane } from './lane.ts'
import type { Means } from './means.ts'
import { perform } from './perform.ts'

/** Jobs that ask GitHub wait most of the time: so many at once. */
const concurrency = 8
/** Deliveries projected in one transaction: enough to share its cost, few enough that nobody waits long for it. */
const projectionsAtOnce = 32
/** How long events are put off at most, for the sake of those who wait for an answer, in milliseconds: GitHub waits for 10 s. */
const mostPutOff = 1_000
/** How often jobs of another process (the command line) are looked for, in milliseconds. */
const rhythm = 500

export interface Worker {
  /** New work was written: look for it now. */
  wake(): void
  /** A delivery was kept: as `wake`, for events alone. */
  heard(): void
  /** Resolves when nothing is due; jobs for a later time stay queued. */
  idle(): Promise<void>
  /** Takes no new work, and resolves when what runs has ended. */
  stop(): Promise<void>
  /** When the store last told, in every lane, what there is to do; in milliseconds. */
  lookedAt(): number
}

/**
 * Works off the jobs of the store until stopped. Events have a lane of their own: they are many, small and quick, and must
 * not wait for those that wait for GitHub. While deliveries come in crowds, they wait but for a few every now and then.
 */
export function startWorker(means: Means, isCrowded: () => boolean = () => false): Worker {
  const { store, clock, log } = means
  const end = new AbortController()
  let begunAt = clock()
  const wake = () => {
    for (const { wake } of lanes) wake()
  }
  const shared = {
    perform: (batch) => perform(means, batch, end.signal),
    clock,
    log,
  } as const satisfies Partial<Parameters<typeof startLane>[0]>
  const events = startLane({
    ...shared,
    atMost: 1,
    ended: wake,
    claim: async () => {
      if (isCrowded() && clock() - begunAt < mostPutOff) return []
      begunAt = clock()
      const claim = () => store.jobs.claimProjections(clock(), projectionsAtOnce)
      const waiting = await claim()
      const jobs = waiting.length === 0 && (await store.deliveries.enter()) > 0 ? await claim() : waiting
      return jobs.length > 0 ? [jobs] : []
    },
  })
  const rest: Lane = startLane({
    ...shared,
    atMost: concurrency,
    ended: () => rest.wake(),
    claim: async (free) => (await store.jobs.claim(clock(), free)).map((job) => [job]),
  })
  const lanes: readonly Lane[] = [events, rest]
  // Driven by Probot alone the process ends with its events; a server keeps it up otherwise.
  const timer = setInterval(wake, rhythm).unref()
  wake()

  return {
    wake,
    heard: () => events.wake(),
    lookedAt: () => Math.min(...lanes.map(({ lookedAt }) => lookedAt)),
    async idle() {
      wake()
      for (;;) {
        for (const lane of lanes) await lane.looked()
        const running = lanes.flatMap((lane) => [...lane.running])
        if (running.length > 0) await Promise.race(running)
        else if (((await store.jobs.nextDueAt()) ?? Number.POSITIVE_INFINITY) > clock()) return
        else wake()
      }
    },
    async stop() {
      clearInterval(timer)
      end.abort()
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}
