import type { Delivery, DeliveryStatus, NewDelivery } from './delivery.ts'
import type { HookLog, LogEntry, LoggedDelivery, LogReading, LogScope, LostDeliveries } from './delivery-log.ts'

export interface DeliveryStore {
  /**
   * Keeps a delivery for good; concurrent calls share a commit. It is found by what is below once it is entered.
   * `known`: this GUID of this hook is here already, so that nothing is to be done; what was but read in GitHub's log
   * counts as brought from now on.
   */
  accept(delivery: NewDelivery): Promise<'new' | 'known'>
  /** Enters some of those that were kept, oldest first, with their `project` jobs; returns how many. */
  enter(): Promise<number>
  get(id: number): Promise<Delivery | null>
  /** Those of the ids that are there, in no order. */
  some(ids: readonly number[]): Promise<Delivery[]>
  /**
   * Says whom the delivery concerns. False: the same GUID of this connection was claimed by another delivery before,
   * so this one is folded.
   */
  claimEvent(id: number, connectionId: number): Promise<boolean>
  finish(id: number, status: DeliveryStatus, error?: string): Promise<void>
  /** Newest first, those that wait to be entered as well; of all connections, and of none yet, unless one is named. */
  list(filter?: DeliveryFilter): Promise<DeliverySummary[]>
  /** Lets go of one as if it had never come. */
  drop(id: number): Promise<void>
  /** Has a delivery projected again, whatever became of it. False: it is not there, or its body is not. */
  replay(id: number, now: number): Promise<boolean>
  /** Whether this hook brought this GUID, its signature verified; entered or not. */
  has(hookId: string, guid: string): Promise<boolean>
}

/** GitHub's delivery logs, kept so that what was lost can be told, and read back. A hook is `app` or the id of one of ours. */
export interface DeliveryLogStore {
  /** Keeps attempts; those known already stay as they are. Returns how many were new. */
  keep(hookId: string, entries: readonly LogEntry[]): Promise<number>
  /** Newest first; of the App's log only what was meant for that installation (null: everything). */
  newest(hookId: string, installationId: number | null, limit: number): Promise<LoggedDelivery[]>
  /** What came last for a connection by that hook, its signature verified. */
  lastHeard(connectionId: number, hookId: string): Promise<HookLog['lastHeard']>
  /**
   * Of each delivery that came neither by the hook nor out of its log, nor by another hook of the connection, the newest
   * attempt that can be read back; those sent first come first. One that GitHub held back after `heldSince` may still come.
   */
  lost(hookId: string, scope: LogScope, heldSince: number, limit: number): Promise<LogEntry[]>
  countLost(hookId: string, scope: LogScope, heldSince: number): Promise<LostDeliveries>
  /** Notes that GitHub does not show what was sent with this GUID, and why. */
  setUnreadable(hookId: string, guid: string, why: string): Promise<void>
  countUnreadable(hookId: string, scope: LogScope): Promise<number>
  /** How many of those read back from it are not processed yet. */
  countWaiting(hookId: string): Promise<number>
  reading(hookId: string): Promise<LogReading | null>
  setReading(hookId: string, reading: LogReading): Promise<void>
  /** Lets go of attempts before `time` (milliseconds), but for the newest few of each installation: how it stands stays known. */
  prune(hookId: string, time: number): Promise<void>
  /** Lets go of everything about a hook that is no longer ours. */
  forget(hookId: string): Promise<void>
}

/** A delivery without what may be large. */
type DeliverySummary = Omit<Delivery, 'headers' | 'body' | 'bodySeenBefore'>

export interface DeliveryFilter {
  readonly connectionId?: number
  readonly status?: DeliveryStatus
  /** Those with a smaller id. */
  readonly before?: number
  readonly limit?: number
}
