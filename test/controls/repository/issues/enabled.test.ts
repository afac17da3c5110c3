import { repositoryIssuesEnabled } from '../../../../src/controls/repository/issues/enabled.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (hasIssuesEnabled: boolean) => ({ hasIssuesEnabled })
const patch = (has_issues: boolean) => ({ 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', has_issues } })

judges(repositoryIssuesEnabled, repositorySaying, [
  ['Enabled', says(true), 'ok: Issues: Enabled.'],
  ['Enabled', says(false), 'alarm: Issues: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Issues: Disabled.'],
  ['Disabled', says(true), 'alarm: Issues: Enabled, not Disabled.', patch(false)],
  ['Enabled', { ...says(false), isFork: true }, 'alarm: Issues: Disabled, not Enabled.', patch(true)],
  ['Enabled', { ...says(true), isTemplate: true }, 'ok: Issues: Enabled.'],
  ['Enabled', { ...says(true), defaultBranchRef: null }, 'ok: Issues: Enabled.'],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'hasIssuesEnabled' },
    'tbd: Issues: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'hasIssuesEnabled' },
    'tbd: Issues: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
