import type { Connection } from '../../model/connection.ts'
import type { EnforcementSwitch, Release } from '../../model/enforcement.ts'
import type { EnforcementStore } from '../../model/enforcement-store.ts'
import type { Means } from '../means.ts'

/** How enforcement stands with one organization. */
export interface EnforcementOverview {
  readonly connection: Connection
  /** Who stopped it: here, or for all. Null: it goes on. */
  readonly stopped: EnforcementSwitch | null
  /** Who confirmed the first plan; null: nobody yet. */
  readonly confirmed: Release | null
  /** What waits, by why and by the change of a policy that asks for it. */
  readonly held: Awaited<ReturnType<EnforcementStore['heldCensus']>>
  /** How many resources each change of a policy has had changed within a week. */
  readonly made: Awaited<ReturnType<EnforcementStore['census']>>
  readonly madeWithinHour: number
  /** Controls that run, are due, or wait for GitHub's limits. */
  readonly toCome: number
}

const hour = 3_600_000
const week = 7 * 24 * hour

export async function enforcementOverview(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connection: Connection,
): Promise<EnforcementOverview> {
  const { enforcements, jobs } = store
  const now = clock()
  const switches = [await enforcements.lastSwitch(null), await enforcements.lastSwitch(connection.id)]
  return {
    connection,
    stopped: switches.find((last) => last?.to === 'stopped') ?? null,
    confirmed: (await enforcements.releases(connection.id)).find(({ kind }) => kind === 'first-plan') ?? null,
    held: await enforcements.heldCensus(connection.id),
    made: await enforcements.census(connection.id, now - week),
    madeWithinHour: await enforcements.countSince(connection.id, now - hour),
    toCome: await jobs.toCome(connection.id, 'control', now),
  }
}
