import type { Budget, Purpose } from '../../model/github.ts'
import type { Log } from '../transport.ts'
import { type Gate, type GateSurroundings, gate, type Hold } from './gate.ts'
import type { RequestCost } from './request-cost.ts'

/** A connection by its id, or the App itself. */
type Owner = Budget['connectionId']

/** A gate for each credential. Connections that share a token share its gate, as GitHub counts them together. */
export interface Gates {
  /** The gate of the credential that the owner uses now. */
  of(credential: string, owner: Owner): Gate
  budgets(): Budget[]
}

interface Kept {
  readonly gate: Gate
  readonly owners: Set<Owner>
}

export function gates(surroundings: GateSurroundings, log: Log): Gates {
  const { clock } = surroundings
  const kept = new Map<string, Kept>()

  const open = (credential: string): Kept => {
    const owners = new Set<Owner>()
    const opened = { gate: gate(surroundings, waitingLog(owners, log, clock)), owners }
    kept.set(credential, opened)
    return opened
  }
  /** A credential that nobody uses any more is forgotten. */
  const leaveOthers = (credential: string, owner: Owner) => {
    for (const [other, { owners }] of kept)
      if (other !== credential && owners.delete(owner) && owners.size === 0) kept.delete(other)
  }

  return {
    of(credential, owner) {
      const { gate, owners } = kept.get(credential) ?? open(credential)
      if (!owners.has(owner)) {
        owners.add(owner)
        leaveOthers(credential, owner)
      }
      return gate
    },
    budgets: () =>
      [...kept.values()].flatMap(({ gate, owners }) =>
        [...owners].flatMap((connectionId) =>
          gate.states(clock()).map((state) => ({ connectionId, ...state, waiting: gate.waiting() })),
        ),
      ),
  }
}

/** Says once that work of a kind begins to wait, and once that it goes on. */
function waitingLog(owners: ReadonlySet<Owner>, log: Log, clock: GateSurroundings['clock']) {
  const heldUntil = new Map<string, number>()
  const about = (kind: Purpose['kind'], { resource }: RequestCost) => ({ connections: [...owners], kind, resource })
  return {
    held(kind: Purpose['kind'], cost: RequestCost, { until, why }: Hold) {
      const key = `${kind} ${cost.resource}`
      if (!heldUntil.has(key))
        log.info(about(kind, cost), `Calls to GitHub wait until ${new Date(until).toISOString()} ${why}`)
      heldUntil.set(key, Math.max(until, heldUntil.get(key) ?? 0))
    },
    let(kind: Purpose['kind'], cost: RequestCost) {
      const key = `${kind} ${cost.resource}`
      if (clock() < (heldUntil.get(key) ?? Number.POSITIVE_INFINITY)) return
      heldUntil.delete(key)
      log.info(about(kind, cost), 'Calls to GitHub go on')
    },
  }
}
