import type { Generated } from 'kysely'
import type { ConnectionKind, ConnectionStatus } from '../model/connection.ts'
import type { JsonText } from './json-text.ts'

/** What connections are reached by. */
export interface ConnectionTables {
  connections: ConnectionTable
  hooks: HookTable
}

interface ConnectionTable {
  id: Generated<number>
  kind: ConnectionKind
  organizationId: number
  organizationNodeId: string
  login: string
  installationId: number | null
  status: ConnectionStatus
  createdAt: number
  /** Sealed. */
  token: Buffer | null
  /** Null: nobody had it removed. */
  removal: JsonText | null
  /** Null: the root. */
  folderId: number | null
}

interface HookTable {
  id: string
  connectionId: number
  githubId: number | null
  /** Sealed. */
  secret: Buffer
  pingAskedAt: number | null
  pingReceivedAt: number | null
  pingGuid: string | null
  pingProvedFor: string | null
  createdAt: number
}
