import { repositoryForkingEnabled } from '../../../../src/controls/repository/forking/enabled.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (forkingAllowed: boolean) => ({ forkingAllowed })
const patch = (allow_forking: boolean) => ({
  'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', allow_forking },
})

judges(repositoryForkingEnabled, repositorySaying, [
  ['Enabled', says(true), 'ok: Forking: Enabled.'],
  ['Enabled', says(false), 'alarm: Forking: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Forking: Disabled.'],
  ['Disabled', says(true), 'alarm: Forking: Enabled, not Disabled.', patch(false)],
  ['Disabled', { ...says(true), visibility: 'INTERNAL' }, 'alarm: Forking: Enabled, not Disabled.', patch(false)],
  ['Disabled', { ...says(true), visibility: 'PUBLIC' }, 'skipped: Everybody may fork a public repository.'],
  ['Enabled', { ...says(true), visibility: 'PUBLIC' }, 'skipped: Everybody may fork a public repository.'],
  ['Disabled', { ...says(true), isFork: true }, 'alarm: Forking: Enabled, not Disabled.', patch(false)],
  ['Disabled', { ...says(false), isTemplate: true }, 'ok: Forking: Disabled.'],
  ['Disabled', { ...says(false), defaultBranchRef: null }, 'ok: Forking: Disabled.'],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'forkingAllowed' },
    'tbd: Forking: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'forkingAllowed' },
    'tbd: Forking: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
