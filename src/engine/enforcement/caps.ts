import type { Hold, Intention } from '../../model/enforcement.ts'
import type { Store } from '../../model/store.ts'
import { capOf, changesPerHour, changesPerPolicyChange } from '../../policies/enforcement.ts'
import type { Subject } from '../subject.ts'

const hour = 3_600_000

/** One change of a policy reaches so many resources before a person looks. What it reached before is no further one. */
export async function policyChangeCap(
  { enforcements }: Store,
  { answer }: Subject,
  { connectionId, controlId, change }: Intention,
): Promise<Hold | null> {
  const cap = capOf(answer(changesPerPolicyChange).value)
  if (cap === Number.POSITIVE_INFINITY) return null
  if ((await enforcements.countBy(connectionId, change, controlId)) < cap) return null
  const isReleased = (await enforcements.releases(connectionId)).some(
    (release) => release.kind === 'policy-change-cap' && release.change === change,
  )
  if (isReleased) return null
  const reason = `The policy as it was set last has changed ${cap} resources, the most it may before a person releases the rest.`
  return { kind: 'policy-change-cap', reason, until: null }
}

/** Those that wait come back one after another, as the hour has room for them. */
export async function hourCap({ enforcements }: Store, subject: Subject, now: number): Promise<Hold | null> {
  const { id } = subject.connection
  const cap = capOf(subject.answer(changesPerHour).value)
  if (cap === Number.POSITIVE_INFINITY) return null
  const released = (await enforcements.releases(id)).find(({ kind }) => kind === 'hour-cap')
  const since = Math.max(now - hour, released?.at ?? 0)
  const count = await enforcements.countSince(id, since)
  if (count < cap) return null
  const before = (await enforcements.heldCensus(id)).find(({ kind }) => kind === 'hour-cap')?.count ?? 0
  const oldest = await enforcements.nthSince(id, since, count - cap + 1 + before)
  const reason = `${count} changes were made within an hour, the most there may be.`
  return { kind: 'hour-cap', reason, until: (oldest ?? now) + hour }
}
