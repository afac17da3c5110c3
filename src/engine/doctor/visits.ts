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

/**
 * The newest examination of each organization, kept in memory only: it says how things stand now. What is this server's own is
 * left to `guardpost doctor`, but for the address: reading a large database whole would hold up everybody else.
 */
export function visits(means: Means): Visits {
  const kept = new Map<number, Visit>()
  return {
    last: ({ id }) => kept.get(id) ?? null,
    begin(connection) {
      const before = kept.get(connection.id)
      if (before && before.endedAt === null) return before
      const begun: Visit = { startedAt: means.clock(), endedAt: null, symptoms: [] }
      kept.set(connection.id, begun)
      void look(means, connection).then((symptoms) =>
        kept.set(connection.id, { ...begun, endedAt: means.clock(), symptoms }),
      )
      return begun
    },
  }
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
