import type { Clock } from '../model/clock.ts'
import type { Store } from '../model/store.ts'

/** How much may wait before more is refused. */
export interface IntakeLimits {
  readonly queuedJobs: number
  /** Room that must be left where the store is, in bytes. */
  readonly freeBytes: number
  /** Deliveries that wait to be written, with their bodies in memory. */
  readonly pending: number
}

/** Lets deliveries in while there is room for them, so that neither memory nor disk is what gives way. */
export interface Intake {
  /** Why nothing more is taken now; null while there is room. */
  full(): Promise<string | null>
  /** Counts what is being written. */
  admit<T>(write: () => Promise<T>): Promise<T>
  /** Whether many have been waiting for their answers just now. */
  isCrowded(): boolean
}

/** So many that are being written at once are a crowd. */
const crowd = 16
/** How long there is one after it was last seen, in milliseconds: between two commits it is not gone. */
const lull = 50

/** How long an answer of the store holds, in milliseconds: asking costs, and room does not go at once. */
const fresh = 1_000
/** Jobs are counted again before so many a second could have filled what room there was. */
const mostPerSecond = 20_000

export function createIntake(
  store: Pick<Store, 'jobs' | 'freeBytes'>,
  clock: Clock,
  { queuedJobs, freeBytes, pending }: IntakeLimits,
): Intake {
  let known: { at: number; why: Promise<string | null> } | null = null
  let counted = { queued: 0, at: 0, until: 0 }
  let underWay = 0
  let crowdedAt = Number.NEGATIVE_INFINITY

  const countQueued = async (): Promise<number> => {
    const now = clock()
    if (now >= counted.at && now < counted.until) return counted.queued
    const { queued } = await store.jobs.counts()
    counted = { queued, at: now, until: now + ((queuedJobs - queued) / mostPerSecond) * 1_000 }
    return queued
  }
  const look = async (): Promise<string | null> => {
    const queued = await countQueued()
    if (queued >= queuedJobs) return `${queued} jobs are queued, and no more than ${queuedJobs} may be`
    const free = await store.freeBytes()
    if (free !== null && free < freeBytes) return `${free} bytes are free on the disk, and ${freeBytes} must be`
    return null
  }
  return {
    full() {
      if (underWay >= pending) return Promise.resolve(`${underWay} deliveries wait to be written`)
      if (known === null || clock() - known.at >= fresh || clock() < known.at) {
        known = { at: clock(), why: look() }
        known.why.catch(() => {
          known = null
        })
      }
      return known.why
    },
    async admit(write) {
      underWay++
      if (underWay >= crowd) crowdedAt = clock()
      try {
        return await write()
      } finally {
        underWay--
      }
    },
    isCrowded: () => clock() - crowdedAt < lull,
  }
}
