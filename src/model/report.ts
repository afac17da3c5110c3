/** Where a control's state was said on GitHub: one row per control and kind of report. */
export interface Report {
  readonly connectionId: number
  readonly controlId: number
  readonly kind: 'check-run' | 'commit-status' | 'issue'
  readonly repositoryNodeId: string
  /** The check run's id or the number. */
  readonly githubId: number
  /** The commit a check run stands on; null for an issue. */
  readonly headSha: string | null
  /** SHA-256 of what was last written: nothing changed, no write. */
  readonly contentHash: string
  readonly open: boolean
  readonly updatedAt: number
}
