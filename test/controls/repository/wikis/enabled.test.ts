import { repositoryWikisEnabled } from '../../../../src/controls/repository/wikis/enabled.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (hasWikiEnabled: boolean) => ({ hasWikiEnabled })
const patch = (has_wiki: boolean) => ({ 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', has_wiki } })

judges(repositoryWikisEnabled, repositorySaying, [
  ['Enabled', says(true), 'ok: Wiki: Enabled.'],
  ['Enabled', says(false), 'alarm: Wiki: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Wiki: Disabled.'],
  ['Disabled', says(true), 'alarm: Wiki: Enabled, not Disabled.', patch(false)],
  [
    'Enabled',
    says(false),
    'skipped: Wiki: the plan free has it for public repositories only; GitHub Team has it for all.',
    null,
    { plan: 'free' },
  ],
  [
    'Enabled',
    { ...says(false), visibility: 'PUBLIC' },
    'alarm: Wiki: Disabled, not Enabled.',
    patch(true),
    { plan: 'free' },
  ],
  ['Enabled', says(false), 'alarm: Wiki: Disabled, not Enabled.', patch(true), { plan: 'team' }],
  ['Enabled', { ...says(false), isFork: true }, 'alarm: Wiki: Disabled, not Enabled.', patch(true)],
  ['Enabled', { ...says(true), isTemplate: true }, 'ok: Wiki: Enabled.'],
  ['Enabled', { ...says(true), defaultBranchRef: null }, 'ok: Wiki: Enabled.'],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'hasWikiEnabled' },
    'tbd: Wiki: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Disabled',
    { hidden: 'hasWikiEnabled' },
    'tbd: Wiki: not known. GitHub shows it only to those who hold `metadata: read`.',
  ],
])
