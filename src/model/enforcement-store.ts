import type {
  Enforcement,
  EnforcementOutcome,
  EnforcementSwitch,
  HeldEnforcement,
  HoldKind,
  Intention,
  Release,
} from './enforcement.ts'

export interface HeldFilter {
  readonly kinds?: readonly HoldKind[]
  readonly change?: string
  /** Those with a greater control id, in their order. */
  readonly after?: number
  readonly limit: number
}

/** What was changed on GitHub, what waits, what people let through, and who stopped it all. */
export interface EnforcementStore {
  /** Keeps that one begins, before GitHub is asked for anything. Returns its id. */
  begin(enforcement: Intention & Pick<Enforcement, 'at'>): Promise<number>
  end(connectionId: number, id: number, outcome: EnforcementOutcome): Promise<void>
  /** Nothing was changed after all. */
  drop(connectionId: number, id: number): Promise<void>
  /** Those of a control since a moment (milliseconds), oldest first. */
  ofControl(connectionId: number, controlId: number, since: number): Promise<Enforcement[]>
  countSince(connectionId: number, since: number): Promise<number>
  /** When the n-th one after a moment was (1: the oldest); null: there are fewer. */
  nthSince(connectionId: number, since: number, n: number): Promise<number | null>
  /** How many controls one policy change has had enforced, but for one. */
  countBy(connectionId: number, change: string, but: number): Promise<number>
  /** The same of each policy change, as far as it had any enforced since. */
  census(connectionId: number, since: number): Promise<{ change: string; count: number }[]>
  /** Keeps that one waits, from when it first did; one that was refused, from when it was last. */
  hold(held: HeldEnforcement): Promise<void>
  letGo(connectionId: number, controlIds: readonly number[]): Promise<void>
  held(connectionId: number, filter: HeldFilter): Promise<HeldEnforcement[]>
  /** Null: that control waits for nothing. */
  heldOf(connectionId: number, controlId: number): Promise<HeldEnforcement | null>
  /** How many wait for what; `until` and `since` of the first of them. */
  heldCensus(
    connectionId: number,
  ): Promise<(Pick<HeldEnforcement, 'kind' | 'change' | 'until' | 'since'> & { count: number })[]>
  /** In place of what was released of the same kind and change before. */
  release(release: Release): Promise<void>
  releases(connectionId: number): Promise<Release[]>
  flip(to: EnforcementSwitch): Promise<void>
  /** How the switch of a connection, or (null) of all, was flipped last. */
  lastSwitch(connectionId: number | null): Promise<EnforcementSwitch | null>
  /** Newest first. */
  switches(connectionId: number | null, limit: number): Promise<EnforcementSwitch[]>
}
