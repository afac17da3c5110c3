import { createHash } from 'node:crypto'
import type { HeldEnforcement } from '../../model/enforcement.ts'
import type { Store } from '../../model/store.ts'
import type { Means } from '../means.ts'
import { wake } from './wake.ts'

/** What the first Enforce on an organization would change, once somebody confirms it. */
export interface FirstPlan {
  readonly items: readonly HeldEnforcement[]
  /** Names this very plan: whoever confirms it has seen what it holds. */
  readonly digest: string
  /** How many controls are still to be judged, each of which may add to it. */
  readonly toCome: number
}

/** It cannot be confirmed; the message says why. */
export class NotConfirmed extends Error {}

const atOnce = 1_000

export async function planOf(store: Store, connectionId: number, now: number): Promise<FirstPlan> {
  const items: HeldEnforcement[] = []
  for (let page: readonly HeldEnforcement[] | null = null; page === null || page.length === atOnce; items.push(...page))
    page = await store.enforcements.held(connectionId, {
      kinds: ['first-plan'],
      after: items.at(-1)?.controlId ?? 0,
      limit: atOnce,
    })
  const hash = createHash('sha256')
  for (const { controlId, change, changes } of items) hash.update(JSON.stringify([controlId, change, changes]))
  const toCome = await store.jobs.toCome(connectionId, 'control', now)
  return { items, digest: hash.digest('hex').slice(0, 16), toCome }
}

/**
 * Lets the first plan of an organization through, and what is asked of it from now on: later changes of policies are bounded
 * by their cap. What stands in the plan is not held by that cap again. Throws `NotConfirmed` where the plan is another one by
 * now, or not whole yet.
 */
export async function confirmPlan(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionId: number,
  { digest, by }: { digest: string; by: string },
): Promise<number> {
  const at = clock()
  return store.transaction(async (tx) => {
    const plan = await planOf(tx, connectionId, at)
    if (plan.items.length === 0) throw new NotConfirmed('No plan waits to be confirmed.')
    if (plan.toCome > 0)
      throw new NotConfirmed(
        `${plan.toCome} ${plan.toCome === 1 ? 'control is' : 'controls are'} still to be judged, so the plan is not whole yet. Look again then.`,
      )
    if (plan.digest !== digest)
      throw new NotConfirmed('The plan has changed since. Look at it again, then confirm that.')
    await tx.enforcements.release({ connectionId, kind: 'first-plan', change: '', by, at })
    for (const change of new Set(plan.items.map((item) => item.change)))
      await tx.enforcements.release({ connectionId, kind: 'policy-change-cap', change, by, at })
    return wake(tx, connectionId, { kinds: ['first-plan'] }, 'plan confirmed', at)
  })
}
