import { repositoryDeleteBranchOnMerge } from '../../../../src/controls/repository/pull-request/delete-branch-on-merge.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (deleteBranchOnMerge: boolean) => ({ deleteBranchOnMerge })
const patch = (delete_branch_on_merge: boolean) => ({
  'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', delete_branch_on_merge },
})

judges(repositoryDeleteBranchOnMerge, repositorySaying, [
  ['Enabled', says(true), 'ok: Delete branch on merge: Enabled.'],
  ['Enabled', says(false), 'alarm: Delete branch on merge: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Delete branch on merge: Disabled.'],
  ['Disabled', says(true), 'alarm: Delete branch on merge: Enabled, not Disabled.', patch(false)],
  ['Enabled', { ...says(false), isFork: true }, 'alarm: Delete branch on merge: Disabled, not Enabled.', patch(true)],
  ['Enabled', { ...says(true), isTemplate: true }, 'ok: Delete branch on merge: Enabled.'],
  ['Enabled', { ...says(true), defaultBranchRef: null }, 'ok: Delete branch on merge: Enabled.'],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'deleteBranchOnMerge' },
    'tbd: Delete branch on merge: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'deleteBranchOnMerge' },
    'tbd: Delete branch on merge: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
