import type { FieldChange } from './resource.ts'

/**
 * Why an enforcement waits: somebody stopped all of them; a permission is not granted; nobody confirmed the organization's
 * first plan; it is no time for changes; the cap of a policy change or of the hour is reached; others change it back; GitHub
 * refused it, and nothing is otherwise since.
 */
export const holdKinds = [
  'stopped',
  'permission',
  'first-plan',
  'window',
  'policy-change-cap',
  'hour-cap',
  'backing-off',
  'refused',
] as const

export type HoldKind = (typeof holdKinds)[number]

/** Why an enforcement may not go on now. */
export interface Hold {
  readonly kind: HoldKind
  /** A sentence. */
  readonly reason: string
  /** When to try again, in milliseconds; null: when somebody did something about it. */
  readonly until: number | null
}

/** What an enforcement would do, and what asks for it. */
export interface Intention {
  readonly connectionId: number
  readonly controlId: number
  /** The change of a policy that asks for it: the same for all whom that change reached. */
  readonly change: string
  /** What would be different: before → after. */
  readonly changes: readonly FieldChange[]
}

/** An enforcement that waits. */
export interface HeldEnforcement extends Hold, Intention {
  readonly since: number
}

/**
 * What became of an enforcement: `begun` and not known yet; `kept`, as read back; `lost`, GitHub says otherwise; `cut` off
 * amid its calls.
 */
export type EnforcementOutcome = 'begun' | 'kept' | 'lost' | 'cut'

/** One time that GitHub was changed. */
export interface Enforcement extends Intention {
  readonly id: number
  readonly outcome: EnforcementOutcome
  readonly at: number
}

/** Somebody stopped all enforcement, or let it go on: of one connection, or (null) of all. */
export interface EnforcementSwitch {
  readonly connectionId: number | null
  readonly to: 'stopped' | 'going'
  readonly by: string
  readonly why: string | null
  readonly at: number
}

/** What a person let through: the first plan of an organization, the rest of a policy change, or another hour's amount. */
export interface Release {
  readonly connectionId: number
  readonly kind: Extract<HoldKind, 'first-plan' | 'policy-change-cap' | 'hour-cap'>
  /** Of a policy change: which; else empty. */
  readonly change: string
  readonly by: string
  readonly at: number
}
