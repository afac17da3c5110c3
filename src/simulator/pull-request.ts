import type { By } from './by.ts'
import type { Files } from './git.ts'
import type { Issue } from './issue.ts'
import type { Repository } from './repository.ts'

export interface PullRequestDraft {
  readonly head: string
  readonly title?: string | undefined
  /** By default the default branch. */
  readonly base?: string | undefined
  /** The fork that the branch is in; by default the repository itself. */
  readonly from?: Repository | undefined
}

/** A pull request. Its number, author and comments are those of an issue. */
export interface PullRequest {
  readonly id: number
  readonly nodeId: string
  readonly issue: Issue
  readonly repository: Repository
  readonly from: Repository
  readonly head: string
  base: string
  /** The head as it was when the pull request was closed. */
  closedHead: string | null
  editBase(branch: string, by?: By): void
  close(by?: By): void
  reopen(by?: By): void
}

export const headOf = ({ from, head, closedHead }: PullRequest): string => closedHead ?? from.branches.get(head) ?? ''

export const baseOf = ({ repository, base }: PullRequest): string => repository.branches.get(base) ?? ''

/** The files on both sides: where its branch left the base, and at its head. */
export function sidesOf(pullRequest: PullRequest): { before: Files; after: Files } {
  const { repository, from } = pullRequest
  const commit = (sha: string | undefined) => repository.commits.get(sha ?? '') ?? from.commits.get(sha ?? '')
  const line = (sha: string): string[] => {
    const shas = [sha]
    for (let at = commit(sha)?.parents[0]; at !== undefined; at = commit(at)?.parents[0]) shas.push(at)
    return shas
  }
  const ofBase = line(baseOf(pullRequest))
  const common = line(headOf(pullRequest)).find((sha) => ofBase.includes(sha)) ?? ofBase[0]
  return { before: commit(common)?.files ?? new Map(), after: commit(headOf(pullRequest))?.files ?? new Map() }
}
