import type { Diagnosis } from './diagnosis.ts'

/** One attempt of GitHub to deliver an event to a hook, as GitHub's delivery log has it. Times in milliseconds. */
export interface LogEntry {
  /** GitHub's id of the attempt, of 64 bits: a bigint where a number would not hold it. */
  readonly githubId: number | bigint
  /** Names the event: attempts to deliver the same event share it. */
  readonly guid: string
  readonly deliveredAt: number
  /** `OK`, or what went wrong. It alone tells: an attempt that timed out may have no status code. */
  readonly status: string
  readonly statusCode: number
  readonly event: string
  readonly action: string | null
  /** Null for organization webhooks, and for what GitHub tells the App itself. */
  readonly installationId: number | null
  /** Null where it is about none. */
  readonly repositoryId: number | null
  /** When GitHub held it back, having had too much to send. */
  readonly throttledAt: number | null
  readonly redelivery: boolean
}

/** An attempt, and when its event came here by that hook with its signature; null: it never did. */
export interface LoggedDelivery extends LogEntry {
  readonly receivedAt: number | null
  /** Whether its event was read back from the log instead. */
  readonly isReadBack: boolean
}

/** Whose deliveries in the log of a hook are ours, and since when; of an organization webhook all are. */
export interface LogScope {
  readonly connectionId: number
  /** Null for organization webhooks. */
  readonly installationId: number | null
  /** In milliseconds. */
  readonly since: number
}

/** Of the deliveries of a scope that came by no way: how many, and when the first of them was sent. */
export interface LostDeliveries {
  readonly count: number
  readonly since: number | null
}

/** How far the log of a hook has been read. Times in milliseconds. */
export interface LogReading {
  /** When it was last read, or last refused. */
  readonly readAt: number
  /** Up to here everything is read, but what `rest` tells of; null: nothing was read yet. */
  readonly watermark: number | null
  /** When it was last read without a gap to what was known before; null: never yet. */
  readonly wholeAt: number | null
  /** Where an earlier read broke off, having seen enough pages for one time, and how far back it was to go. */
  readonly rest: { readonly cursor: string; readonly downTo: number | null } | null
  /** Why GitHub did not show it; null when it did. */
  readonly refusal: Diagnosis | null
}

/** All that is known of the way from GitHub to us by one hook, for one connection. Times in milliseconds. */
export interface HookLog {
  /** `app`, or the id of one of our organization webhooks. */
  readonly hookId: string
  /** What was sent before this is none of our business: the connection, or the hook, was not there yet. */
  readonly since: number
  /** Null: its log has not been read yet. */
  readonly reading: LogReading | null
  /** The newest attempts, newest first. */
  readonly newest: readonly LoggedDelivery[]
  /** What came last; null: nothing yet. */
  readonly lastHeard: { readonly at: number; readonly event: string; readonly guid: string } | null
  /** Those that are not in yet. */
  readonly lost: LostDeliveries
  /** How many can no longer be read back. */
  readonly unreadable: number
}
