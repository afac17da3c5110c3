import type { User } from './user.ts'

export interface CommitStatus {
  readonly id: number
  readonly nodeId: string
  readonly sha: string
  readonly state: 'error' | 'failure' | 'pending' | 'success'
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: User
  readonly createdAt: number
}
