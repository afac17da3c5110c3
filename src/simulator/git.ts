import { createHash } from 'node:crypto'
import type { User } from './user.ts'

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly message: string
  readonly author: User
  readonly parents: readonly string[]
  /** Milliseconds since 1970. */
  readonly date: number
}

const sha = (...parts: readonly (string | number)[]): string =>
  createHash('sha1').update(parts.join('\0')).digest('hex')

/** A commit that nobody else has: `number` tells it from all others of the repository. */
export function createCommit(repositoryId: number, number: number, of: Omit<Commit, 'sha' | 'tree'>): Commit {
  return { ...of, sha: sha('commit', repositoryId, number, of.date), tree: sha('tree', repositoryId, number) }
}
