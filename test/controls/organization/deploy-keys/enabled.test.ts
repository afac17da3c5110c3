import { organizationDeployKeysEnabled } from '../../../../src/controls/organization/deploy-keys/enabled.ts'
import { judges } from '../../judges.ts'
import { organizationSaying } from '../../saying.ts'

const says = (isEnabled: boolean | undefined) => ({ deploy_keys_enabled_for_repositories: isEnabled })
const patch = (isEnabled: boolean) => ({ 'PATCH /orgs/{org}': { org: 'acme', ...says(isEnabled) } })

judges(organizationDeployKeysEnabled, organizationSaying, [
  ['Enabled', says(true), 'ok: Deploy keys: Enabled.'],
  ['Enabled', says(false), 'alarm: Deploy keys: Disabled, not Enabled.', patch(true)],
  ['Disabled', says(false), 'ok: Deploy keys: Disabled.'],
  ['Disabled', says(true), 'alarm: Deploy keys: Enabled, not Disabled.', patch(false)],
  [
    'Disabled',
    says(undefined),
    'tbd: Deploy keys: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
  [
    'Enabled',
    says(undefined),
    'tbd: Deploy keys: not known. GitHub shows it only to those who hold `organization_administration: read`.',
  ],
])
