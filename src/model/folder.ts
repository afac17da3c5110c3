/** The folder above all others: Guardpost itself. It is always there, and cannot be moved or deleted. */
export const rootFolderId = 1

/**
 * A place above organizations, Guardpost's own: what is set on a folder reaches the organizations in it, whatever their
 * connections, and those in the folders below. An organization is in one folder, the root unless it was put into another.
 */
export interface Folder {
  readonly id: number
  /** Null: the root. */
  readonly parentId: number | null
  /** Unique among the folders of one parent, without regard to case. */
  readonly title: string
  readonly createdAt: number
}
