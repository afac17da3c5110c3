import { repositoryDiscussionsEnabled } from '../../../../src/controls/repository/discussions/enabled.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (hasDiscussionsEnabled: boolean) => ({ hasDiscussionsEnabled })
const mutation = (hasDiscussionsEnabled: boolean) => ({
  'mutation UpdateRepository': { input: { repositoryId: 'R_1', hasDiscussionsEnabled } },
})

judges(repositoryDiscussionsEnabled, repositorySaying, [
  ['Enabled', says(true), 'ok: Discussions: Enabled.'],
  ['Enabled', says(false), 'alarm: Discussions: Disabled, not Enabled.', mutation(true)],
  ['Disabled', says(false), 'ok: Discussions: Disabled.'],
  ['Disabled', says(true), 'alarm: Discussions: Enabled, not Disabled.', mutation(false)],
  ['Enabled', { ...says(false), isFork: true }, 'alarm: Discussions: Disabled, not Enabled.', mutation(true)],
  ['Enabled', { ...says(true), isTemplate: true }, 'ok: Discussions: Enabled.'],
  ['Enabled', { ...says(true), defaultBranchRef: null }, 'ok: Discussions: Enabled.'],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'hasDiscussionsEnabled' },
    'tbd: Discussions: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'hasDiscussionsEnabled' },
    'tbd: Discussions: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
