import { repositoryWebCommitSignoff } from '../../../src/controls/repository/web-commit-signoff.ts'
import { judges } from '../judges.ts'
import { repositorySaying } from '../saying.ts'

const says = (webCommitSignoffRequired: boolean) => ({ webCommitSignoffRequired })
const patch = { 'PATCH /repos/{owner}/{repo}': { owner: 'acme', repo: 'web', web_commit_signoff_required: true } }
const what = 'Web commit signoff'

judges(repositoryWebCommitSignoff, repositorySaying, [
  ['Enabled', says(true), `ok: ${what}: Enabled.`],
  ['Enabled', says(false), `alarm: ${what}: webCommitSignoffRequired false, not Enabled.`, patch],
  ['Enabled', { ...says(true), isFork: true, isTemplate: true, defaultBranchRef: null }, `ok: ${what}: Enabled.`],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  [
    'Enabled',
    { hidden: 'webCommitSignoffRequired' },
    `tbd: ${what}: not known. GitHub shows it only to those who hold \`metadata: read\`.`,
  ],
])
