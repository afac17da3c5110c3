import type { EnforcementSwitch, Hold } from '../../model/enforcement.ts'
import type { NewActivity } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import type { Means } from '../means.ts'
import { wake } from './wake.ts'

/** A call was not sent, because somebody stopped all enforcement meanwhile. */
export class EnforcementStopped extends Error {
  readonly hold: Hold

  constructor(hold: Hold) {
    super(hold.reason)
    this.hold = hold
  }
}

/** Null: enforcement goes on. What is stopped for all is stopped whatever an organization's own switch says. */
export async function whyStopped({ enforcements }: Store, connectionId: number): Promise<Hold | null> {
  for (const place of [null, connectionId]) {
    const last = await enforcements.lastSwitch(place)
    if (last?.to === 'stopped') return { kind: 'stopped', reason: inWords(last), until: null }
  }
  return null
}

const inWords = ({ connectionId, by, at, why }: EnforcementSwitch): string =>
  `All enforcement ${connectionId === null ? '' : 'of the organization '}was stopped by ${by} at ` +
  `${new Date(at).toISOString()}${why ? ` (${why})` : ''}.`

/**
 * Stops all enforcement of a connection, or (null) of all, or lets it go on with what waits. What is under way sends no
 * further call. False: it was so already.
 */
export async function flipSwitch(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  flip: Omit<EnforcementSwitch, 'at'>,
  source: Extract<NewActivity['source'], 'cli' | 'console' | 'api'>,
): Promise<boolean> {
  const at = clock()
  return store.transaction(async (tx) => {
    const before = (await tx.enforcements.lastSwitch(flip.connectionId))?.to ?? 'going'
    if (before === flip.to) return false
    await tx.enforcements.flip({ ...flip, at })
    for (const connection of await tx.connections.list()) {
      if (flip.connectionId !== null && flip.connectionId !== connection.id) continue
      const root = await tx.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId)
      if (root) await tx.activities.add({ ...told(flip), connectionId: connection.id, resourceId: root.id, source, at })
      if (flip.to === 'going') await wake(tx, connection.id, { kinds: ['stopped'] }, 'enforcement goes on', at)
    }
    return true
  })
}

const told = ({ connectionId, to, by, why }: Omit<EnforcementSwitch, 'at'>) => ({
  kind: 'policy' as const,
  actor: by,
  summary: `${connectionId === null ? 'All enforcement' : 'Enforcement'} ${
    to === 'stopped' ? 'is stopped' : 'goes on'
  }${why ? `: ${why}` : ''}`.slice(0, 500),
  changes: [],
  deliveryId: null,
})
