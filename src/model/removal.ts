import type { Remedy } from './diagnosis.ts'

/** What is done to remove a connection, in this order. Each step may be done twice. */
export const removalSteps = ['quiet', 'webhooks', 'reports', 'credential', 'records'] as const

export type RemovalStep = (typeof removalSteps)[number]

/** How many rows of each kind belong to a connection. */
export interface RecordCounts {
  readonly resources: number
  readonly controls: number
  readonly settings: number
  readonly activities: number
  readonly deliveries: number
}

/** Something on GitHub that only a person can do. */
export type Remains = Remedy

/** How far the removal of a connection has come. Times in milliseconds. */
export interface Removal {
  readonly askedBy: string
  readonly askedAt: number
  /** Goes on where GitHub refuses: what cannot be undone there stays. */
  readonly forget: boolean
  /** The step that is being done, or stands still; null: all are done. */
  readonly step: RemovalStep | null
  /** Why it stands still, or waits; null: it goes on. */
  readonly failure: { readonly reason: string; readonly retryAt: number | null } | null
  /** Rows deleted so far. */
  readonly deleted: number
  /** What is left on GitHub for a person to do. */
  readonly remains: readonly Remains[]
}
