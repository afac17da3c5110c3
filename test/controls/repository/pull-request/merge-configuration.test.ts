import { repositoryMergeConfiguration } from '../../../../src/controls/repository/pull-request/merge-configuration.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const wanted = 'Enabled per `Merge Configuration > Settings`'
const says = (mergeCommitAllowed: boolean, rebaseMergeAllowed: boolean, squashMergeAllowed: boolean) => ({
  mergeCommitAllowed,
  rebaseMergeAllowed,
  squashMergeAllowed,
})
const patch = (change: object) => ({ 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', ...change } })
const settings = (...settings: string[]) => ({ values: { settings } })
const [merge, rebase, squash] = ['Merge Commit', 'Rebase Merge', 'Squash Merge'] as const
const all = settings(merge, rebase, squash)
const found = (commit: boolean, rebase: boolean, squash: boolean) =>
  `mergeCommitAllowed ${commit}, rebaseMergeAllowed ${rebase}, squashMergeAllowed ${squash}`

judges(
  repositoryMergeConfiguration,
  repositorySaying,
  [
    [wanted, says(true, true, true), 'ok: Ways to merge: Merge Commit, Rebase Merge, Squash Merge.', null, all],
    [
      wanted,
      says(true, false, true),
      `alarm: Ways to merge: ${found(true, false, true)}, not Merge Commit, Rebase Merge, Squash Merge.`,
      patch({ allow_rebase_merge: true }),
      all,
    ],
    [wanted, says(false, false, true), 'ok: Ways to merge: Squash Merge.', null, settings(squash)],
    [
      wanted,
      says(true, true, true),
      `alarm: Ways to merge: ${found(true, true, true)}, not Squash Merge.`,
      patch({ allow_merge_commit: false, allow_rebase_merge: false }),
      settings(squash),
    ],
    [
      wanted,
      says(true, false, false),
      `alarm: Ways to merge: ${found(true, false, false)}, not Rebase Merge.`,
      patch({ allow_merge_commit: false, allow_rebase_merge: true }),
      settings(rebase),
    ],
    [
      wanted,
      { ...says(true, false, false), isFork: true, isTemplate: true, defaultBranchRef: null },
      'ok: Ways to merge: Merge Commit.',
      null,
      settings(merge),
    ],
    [
      wanted,
      { ...says(true, false, false), isArchived: true },
      'skipped: The repository is archived, and takes no change.',
      null,
      all,
    ],
    [
      wanted,
      { hidden: 'squashMergeAllowed' },
      'tbd: Ways to merge: not known. GitHub shows it only to those who hold `metadata: read`.',
      null,
      all,
    ],
  ],
  all,
)
