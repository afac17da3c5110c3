import type { Connection } from './connection.ts'
import type { GitHub } from './github.ts'
import type { Permissions } from './permission.ts'
import type { Plan } from './plan.ts'
import type { FileFault } from './policy-file.ts'

/** What there is to say of policy files as they stand at a commit. */
export type PolicyFilesNews =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not-applied'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly FileFault[] }
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** The pull request changes none of them any more. */
  | { readonly kind: 'untouched' }

/** What a check run of ours bears, so that it is found again: what it is about. */
export const checkMark = (connectionId: number, pullRequest: number | null): string =>
  pullRequest === null ? `guardpost:policy-files:${connectionId}` : `guardpost:plan:${connectionId}:${pullRequest}`

/** The pull request of a mark; null: it is no plan's. */
export function pullRequestOf(mark: string, connectionId: number): number | null {
  const number = Number(/^guardpost:plan:\d+:(\d+)$/.exec(mark)?.[1])
  return mark === checkMark(connectionId, number) ? number : null
}

export interface PolicyFilesSaying {
  readonly connection: Connection
  readonly owner: string
  readonly name: string
  readonly sha: string
  /** Null: the commit is the head of the default branch. */
  readonly pullRequest: number | null
  /** False: everybody can read it, and only what is public is named. */
  readonly mayTellDetails: boolean
  readonly news: PolicyFilesNews
  /** Somebody asked for the check anew, and waits until it is said once more. */
  readonly again: boolean
}

/** Says what becomes of policy files where they are changed. Saying the same again writes nothing. */
export interface PolicyFilesReporter {
  readonly needs: { readonly permissions: Permissions; readonly why: string }
  /** On the commit; only an App can. */
  check(github: GitHub, author: string, saying: PolicyFilesSaying): Promise<void>
  /** In one comment of the pull request, which is kept current. */
  comment(github: GitHub, author: string, saying: PolicyFilesSaying): Promise<void>
}
