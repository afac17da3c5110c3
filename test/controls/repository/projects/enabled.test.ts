import { repositoryProjectsEnabled } from '../../../../src/controls/repository/projects/enabled.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (hasProjectsEnabled: boolean) => ({ hasProjectsEnabled })
const patch = (has_projects: boolean) => ({
  'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', has_projects },
})

judges(repositoryProjectsEnabled, repositorySaying, [
  ['Enabled', says(true), 'ok: Projects: Enabled.'],
  ['Enabled', says(false), 'alarm: Projects: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Projects: Disabled.'],
  ['Disabled', says(true), 'alarm: Projects: Enabled, not Disabled.', patch(false)],
  ['Enabled', { ...says(false), isFork: true }, 'alarm: Projects: Disabled, not Enabled.', patch(true)],
  ['Enabled', { ...says(true), isTemplate: true }, 'ok: Projects: Enabled.'],
  ['Enabled', { ...says(true), defaultBranchRef: null }, 'ok: Projects: Enabled.'],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'hasProjectsEnabled' },
    'tbd: Projects: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'hasProjectsEnabled' },
    'tbd: Projects: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
