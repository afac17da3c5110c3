/** Where a control's state was said on GitHub: one row per control and kind of report. */
export interface Report {
  readonly connectionId: number
  readonly controlId: number
  readonly kind: 'check-run' | 'commit-status' | 'issue'
  readonly repositoryNodeId: string
  /** The check run's id or the number; null while nobody knows whether there is one. */
  readonly githubId: number | null
  /** The commit a check run stands on; null for an issue. */
  readonly headSha: string | null
  /**
   * SHA-256 of what was last written: nothing changed, no write. Null: a write was begun whose end was not noted, so that
   * GitHub may show either.
   */
  readonly contentHash: string | null
  readonly open: boolean
  readonly updatedAt: number
}

/** A report that is on GitHub as far as we know. */
export type KnownReport = Report & { readonly githubId: number }

export const isKnown = (report: Report): report is KnownReport => report.githubId !== null
