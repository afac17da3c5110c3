/** What is let go of by age. Everything else is kept for ever. */
export const prunables = ['deliveries', 'runs', 'versions', 'activities'] as const

export type Prunable = (typeof prunables)[number]

/** How long each is kept, in milliseconds; null: for ever. */
export type Retention = Readonly<Record<Prunable, number | null>>

/** One batch of a pass over what is old, oldest first. */
export interface PrunedBatch {
  readonly removed: number
  /** Where the next batch goes on; null when nothing older is left. */
  readonly next: number | null
}
