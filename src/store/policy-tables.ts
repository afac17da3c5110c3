import type { Generated } from 'kysely'
import type { Authorship, Precedence } from '../model/policy.ts'
import type { JsonText } from './json-text.ts'

/** What is asked. */
export interface PolicyTables {
  folders: FolderTable
  policySettings: PolicySettingTable
  policyPacks: PolicyPackTable
  policyAttachments: PolicyAttachmentTable
}

interface AuthorshipColumns {
  source: Authorship['source']
  origin: JsonText | null
  setBy: string
  createdAt: number
}

/** A folder, or a resource of a connection; a selector as `selectorKey` writes it, empty for none. */
interface PlaceColumns {
  folderId: number | null
  connectionId: number | null
  resourceId: number | null
  selector: string
}

interface FolderTable {
  id: Generated<number>
  parentId: number | null
  title: string
  createdAt: number
}

interface PolicySettingTable extends PlaceColumns, AuthorshipColumns {
  id: Generated<number>
  path: string
  value: JsonText | null
  expression: string | null
  precedence: Precedence
  note: string | null
  startsAt: number | null
  expiresAt: number | null
}

interface PolicyPackTable extends AuthorshipColumns {
  id: Generated<number>
  /** Null: the operator's. */
  connectionId: number | null
  name: string
  title: string
  description: string
  /** Rules, in their order. */
  settings: JsonText
}

interface PolicyAttachmentTable extends PlaceColumns, AuthorshipColumns {
  id: Generated<number>
  packId: number | null
  shippedPack: string | null
  position: number
}
