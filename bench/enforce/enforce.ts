import { confirmPlan, planOf } from '../../src/engine/enforcement/plan.ts'
import { release } from '../../src/engine/enforcement/release.ts'
import { changesPerHour, changesPerPolicyChange, firstPlan } from '../../src/policies/enforcement.ts'
import { type World, world } from './world.ts'

const path = 'GitHub > Repository > Pull Request > Delete Branch on Merge'
const minute = 60_000

export interface EnforceOptions {
  readonly repositories: number
  /** The most that one change of a policy may change, and the most within an hour. */
  readonly capped: number
  readonly onProgress?: (line: object) => void
}

/** What came of enforcing one policy on many repositories. */
export interface Enforced {
  /** What the plan held, and how many writes there were before somebody confirmed it. */
  readonly planned: number
  readonly writtenUnconfirmed: number
  readonly killedAfter: number
  readonly changed: number
  /** As many as there are repositories: none was changed twice. */
  readonly writes: number
  /** Activities that tell of a change by Guardpost. */
  readonly told: number
  /** Requests that a limit of GitHub's refused. */
  readonly limitsHit: number
  readonly minutes: number
  /** Lines of the log that say how far it is. */
  readonly progressLines: number
}

/** A plan that is confirmed, enforced within GitHub's limits, killed halfway and taken up again. */
export async function enforceAll({ repositories, onProgress }: EnforceOptions): Promise<Enforced> {
  const at = await world(repositories)
  try {
    await discovered(at, repositories)
    await at.set(path, 'Enforce: Enabled')
    await at.until(({ toCome, held }) => toCome === 0 && held.some(({ count }) => count === repositories))
    const writtenUnconfirmed = at.sim.writes.length
    const plan = await planOf(at.guardpost.means.store, at.connectionId, at.now())
    await confirmPlan(at.guardpost.means, at.connectionId, { digest: plan.digest, by: 'a benchmark' })
    const began = at.now()
    const killedAfter = Math.floor(repositories / 2)
    const before = at.guardpost
    await at.killAfter(killedAfter)
    onProgress?.({ killedAfter: at.sim.writes.length, changed: at.changed() })
    await at.until(({ toCome, held, madeWithinHour }) => {
      onProgress?.({ minutes: Math.round((at.now() - began) / minute), madeWithinHour, toCome })
      return toCome === 0 && held.length === 0
    })
    const lines = [...before.lines, ...at.guardpost.lines]
    return {
      planned: plan.items.length,
      writtenUnconfirmed,
      killedAfter,
      changed: at.changed(),
      writes: at.sim.writes.length,
      told: await told(at, repositories),
      limitsHit: at.sim.limits.hits.length,
      minutes: Math.round((at.now() - began) / minute),
      progressLines: lines.filter(({ message }) => message.startsWith('Enforcing: ')).length,
    }
  } finally {
    await at.close()
  }
}

/** What caps let through. */
export interface Capped {
  /** Within one change of a policy, before a person released the rest, and what waited for that. */
  readonly untilReleased: number
  readonly waited: number
  /** The most changes in any hour after that. */
  readonly mostWithinHour: number
  readonly hours: number
  readonly changed: number
  readonly limitsHit: number
}

/** No plan is to be confirmed, but one change of a policy may go only so far, and so far within an hour. */
export async function enforceCapped({ repositories, capped, onProgress }: EnforceOptions): Promise<Capped> {
  const at = await world(repositories)
  try {
    await discovered(at, repositories)
    await at.set(firstPlan.path, 'Apply')
    await at.set(changesPerPolicyChange.path, String(capped))
    await at.set(path, 'Enforce: Enabled')
    const began = at.now()
    const { held } = await at.until(({ toCome, held }) => toCome === 0 && held.length > 0)
    const untilReleased = at.changed()
    await at.set(changesPerHour.path, String(capped))
    const waited = await release(at.guardpost.means, at.connectionId, { by: 'a benchmark' })
    onProgress?.({ untilReleased, held, waited })
    let mostWithinHour = 0
    await at.until(({ held, toCome, madeWithinHour }) => {
      mostWithinHour = Math.max(mostWithinHour, madeWithinHour)
      return held.length === 0 && toCome === 0
    })
    return {
      untilReleased,
      waited,
      mostWithinHour,
      hours: Math.round(((at.now() - began) / minute / 60) * 10) / 10,
      changed: at.changed(),
      limitsHit: at.sim.limits.hits.length,
    }
  } finally {
    await at.close()
  }
}

/** Every repository is recorded, and nothing is to be judged any more. */
async function discovered(at: World, repositories: number): Promise<void> {
  const { store } = at.guardpost.means
  for (let known = 0; known < repositories; ) {
    await at.until(({ toCome }) => toCome === 0)
    known = (await store.resources.list(at.connectionId, { type: 'GitHub > Repository', gone: false })).length
  }
}

async function told({ guardpost, connectionId }: World, repositories: number): Promise<number> {
  const all = await guardpost.means.store.activities.list(connectionId, { limit: 20 * repositories + 100 })
  return all.filter(({ kind, actor }) => kind === 'enforced' && actor === 'guardpost').length
}
