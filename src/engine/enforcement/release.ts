import type { HoldKind } from '../../model/enforcement.ts'
import type { Means } from '../means.ts'
import { readPolicyChange } from './policy-change.ts'
import { wake } from './wake.ts'

/** What a person may let through. */
const capped: readonly HoldKind[] = ['policy-change-cap', 'hour-cap']

/**
 * Lets through what the caps hold: the rest of each change of a policy, and as many again within this hour; or only what one
 * policy asks for. Returns how many waited for it.
 */
export async function release(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionId: number,
  { path, by }: { path?: string; by: string },
): Promise<number> {
  const at = clock()
  return store.transaction(async (tx) => {
    const waiting = (await tx.enforcements.heldCensus(connectionId)).filter(
      ({ kind, change }) => capped.includes(kind) && (path === undefined || readPolicyChange(change).path === path),
    )
    let count = 0
    for (const { kind, change } of waiting) {
      const what = kind === 'hour-cap' ? { kind, change: '' } : { kind: 'policy-change-cap' as const, change }
      await tx.enforcements.release({ connectionId, ...what, by, at })
      count += await wake(tx, connectionId, { kinds: [kind], change }, 'released', at)
    }
    return count
  })
}
