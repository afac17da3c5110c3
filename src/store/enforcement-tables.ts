import type { Generated } from 'kysely'
import type { EnforcementOutcome, EnforcementSwitch, HoldKind, Release } from '../model/enforcement.ts'
import type { JsonText } from './json-text.ts'

/** What is changed, and what waits. */
export interface EnforcementTables {
  enforcements: EnforcementTable
  heldEnforcements: HeldEnforcementTable
  enforcementReleases: Release
  enforcementSwitches: EnforcementSwitch & { id: Generated<number> }
}

interface EnforcementTable {
  id: Generated<number>
  connectionId: number
  controlId: number
  change: string
  changes: JsonText
  outcome: EnforcementOutcome
  at: number
}

interface HeldEnforcementTable {
  connectionId: number
  controlId: number
  kind: HoldKind
  change: string
  changes: JsonText
  reason: string
  until: number | null
  since: number
}
