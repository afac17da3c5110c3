import type { z } from '@hono/zod-openapi'
import type { EnforcementOverview } from '../../engine/enforcement/overview.ts'
import { readPolicyChange } from '../../engine/enforcement/policy-change.ts'
import type { NamedHeld } from '../../engine/enforcement/with-names.ts'
import type { EnforcementSwitch } from '../../model/enforcement.ts'
import { moment, momentOrNull, tellChange } from './asked.ts'
import type { enforcementStanding, enforcementSwitch, heldEnforcement } from './shapes/enforcement.ts'

export const tellSwitch = ({ connectionId, at, ...said }: EnforcementSwitch): z.infer<typeof enforcementSwitch> => ({
  ...said,
  everywhere: connectionId === null,
  at: moment(at),
})

export const tellStanding = (all: EnforcementOverview): z.infer<typeof enforcementStanding> => ({
  connectionId: all.connection.id,
  login: all.connection.login,
  stopped: all.stopped && tellSwitch(all.stopped),
  confirmed: all.confirmed && { by: all.confirmed.by, at: moment(all.confirmed.at) },
  waiting: all.held.map(({ kind, change, count, since, until }) => ({
    ...tellPolicyChange(change),
    kind,
    count,
    since: moment(since),
    until: momentOrNull(until),
  })),
  made: all.made.map(({ change, count }) => ({ ...tellPolicyChange(change), count })),
  madeWithinHour: all.madeWithinHour,
  toCome: all.toCome,
})

function tellPolicyChange(change: string) {
  const { path, at } = readPolicyChange(change)
  return { policy: path, setAt: momentOrNull(at) }
}

export const tellHeld = (held: NamedHeld): z.infer<typeof heldEnforcement> => ({
  controlId: held.controlId,
  path: held.path,
  resource: {
    id: held.resource.id,
    connectionId: held.connectionId,
    type: held.resource.type,
    title: held.resource.title,
  },
  kind: held.kind,
  reason: held.reason,
  until: momentOrNull(held.until),
  since: moment(held.since),
  changes: held.changes.map(tellChange),
})
