import type { Generated } from 'kysely'
import type { PersonKind, Role } from '../model/access.ts'

/** Who may do what. */
export interface AccessTables {
  people: PersonTable
  sessions: SessionTable
  grants: GrantTable
}

interface PersonTable {
  id: Generated<number>
  kind: PersonKind
  login: string
  githubId: number | null
  /** A hash by argon2id, in the form of a PHC string. */
  password: string | null
  mustChangePassword: 0 | 1
  createdAt: number
  lastSeenAt: number | null
}

interface SessionTable {
  id: Generated<number>
  /** SHA-256 of what the cookie holds. */
  hash: Buffer
  personId: number
  address: string
  userAgent: string
  startedAt: number
  lastSeenAt: number
  expiresAt: number
}

/** Without connection, resource and folder: everywhere. */
interface GrantTable {
  id: Generated<number>
  personId: number
  connectionId: number | null
  resourceId: number | null
  folderId: number | null
  role: Role
  grantedBy: string
  grantedAt: number
}
