import type { Diagnosis } from './diagnosis.ts'

/** What GitHub's audit log says of one action. */
export interface AuditEntry {
  /** GitHub's `_document_id`. */
  readonly id: string
  /** E.g. `repo.change_merge_setting`. */
  readonly action: string
  /** Login of who did it; null where GitHub does not say. */
  readonly actor: string | null
  /** When it was recorded, in milliseconds. */
  readonly at: number
  /** Owner and name of the repository it is about; null: of none. */
  readonly repository: string | null
  readonly repositoryId: number | null
  /** Login of the person it was done to; null: to nobody. */
  readonly user: string | null
}

/** How far the audit log of a connection's organization was read. Times in milliseconds. */
export interface AuditLogReading {
  readonly readAt: number
  /** Of the newest entry that was read, or since when it is read. */
  readonly watermark: number
  /** Where the rest goes on, of what was too much for one time; null: nothing is left. */
  readonly next: string | null
  /** Entries around the watermark that prompted something: they are listed again, as others may come late. */
  readonly seen: readonly string[]
  /** Why it is not read; null while it is. */
  readonly refusal: Diagnosis | null
}
