import { setTimeout as later } from 'node:timers/promises'
import type { Connection } from '../../model/connection.ts'
import type { Means } from '../means.ts'
import { examineAddress } from './address.ts'
import { examineConnection } from './doctor.ts'
import { waitForPing } from './ping.ts'
import type { Symptom } from './symptom.ts'

/** An examination of one organization that somebody asked for. */
export interface Visit {
  readonly startedAt: number
  /** Null: it is under way. */
  readonly endedAt: number | null
  readonly symptoms: readonly Symptom[]
}

export interface Visits {
  /** Begins one, or tells of the one under way: GitHub is not asked twice at a time for one organization. */
  begin(connection: Connection): Visit
  last(connection: Connection): Visit | null
}

/** GitHub's limits can hold a call up for an hour; somebody waits at a page for this. In milliseconds. */
const longest = 120_000

/**
 * The newest examination of each organization, kept in memory only: it says how things stand now. What is this server's own is
 * left to `guardpost doctor`, but for the address: reading a large database whole would hold up everybody else.
 */
export function visits(means: Means, patience = longest): Visits {
  const kept = new Map<number, Visit>()
  return {
    last: ({ id }) => kept.get(id) ?? null,
    begin(connection) {
      const before = kept.get(connection.id)
      if (before && before.endedAt === null) return before
      const begun: Visit = { startedAt: means.clock(), endedAt: null, symptoms: [] }
      kept.set(connection.id, begun)
      void within(patience, look(means, connection)).then((symptoms) =>
        kept.set(connection.id, { ...begun, endedAt: means.clock(), symptoms }),
      )
      return begun
    },
  }
}

async function within(patience: number, looking: Promise<Symptom[]>): Promise<Symptom[]> {
  const tired = new AbortController()
  const late = later(patience, [tooLong], { signal: tired.signal, ref: false }).catch(() => [])
  return Promise.race([looking, late]).finally(() => tired.abort())
}

const tooLong: Symptom = {
  about: 'The doctor',
  found: 'had no answer in time: GitHub’s limits may be used up, or it does not answer',
  level: 'unknown',
}

async function look(means: Means, connection: Connection): Promise<Symptom[]> {
  try {
    return [
      ...(await examineAddress(means.addresses, fetch)),
      ...(await examineConnection(means, connection, waitForPing)),
    ]
  } catch (error) {
    means.log.error({ err: error, connection: connection.login }, 'An examination failed')
    return [{ about: 'The doctor', found: 'could not go on; the log of this server says why', level: 'unknown' }]
  }
}
