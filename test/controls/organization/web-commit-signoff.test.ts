import { organizationWebCommitSignoff } from '../../../src/controls/organization/web-commit-signoff.ts'
import { judges } from '../judges.ts'
import { organizationSaying } from '../saying.ts'

const says = (isRequired: boolean | undefined) => ({ web_commit_signoff_required: isRequired })
const patch = (isRequired: boolean) => ({ 'PATCH /orgs/{org}': { org: 'acme', ...says(isRequired) } })

judges(organizationWebCommitSignoff, organizationSaying, [
  ['Enabled', says(true), 'ok: Web commit signoff: Enabled.'],
  ['Enabled', says(false), 'alarm: Web commit signoff: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Web commit signoff: Disabled.'],
  ['Disabled', says(true), 'alarm: Web commit signoff: Enabled, not Disabled.', patch(false)],
  [
    'Disabled',
    says(undefined),
    'tbd: Web commit signoff: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
  [
    'Enabled',
    says(undefined),
    'tbd: Web commit signoff: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
])
