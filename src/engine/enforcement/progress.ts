import type { Intention } from '../../model/enforcement.ts'
import type { Means } from '../means.ts'
import { readPolicyChange } from './policy-change.ts'

/** How often the log tells how far it is, in enforcements. */
const rhythm = 50
const day = 24 * 60 * 60_000

/** A line of the log after so many, for whoever watches a change of a policy reach many resources. */
export async function tellProgress(
  { store, clock, log }: Means,
  { intention, id }: { intention: Intention; id: number },
): Promise<void> {
  if (id % rhythm !== 0) return
  const { connectionId, change } = intention
  const { enforcements, jobs } = store
  const made = (await enforcements.census(connectionId, clock() - day)).find((each) => each.change === change)?.count
  const waiting = (await enforcements.heldCensus(connectionId)).reduce((sum, { count }) => sum + count, 0)
  const toCome = await jobs.toCome(connectionId, 'control', clock())
  const about = { connection: connectionId, control: readPolicyChange(change).path, made, waiting, toCome }
  log.info(about, `Enforcing: ${made} done, ${toCome} to come, ${waiting} wait`)
}
