import { asks } from '../../model/policy.ts'
import type { PolicyPack } from '../../model/policy-pack.ts'

/** It asks for nothing that GitHub tells one repository at a time. */
export const baseline: PolicyPack = {
  name: 'baseline',
  title: 'Baseline',
  description: 'What every organization can have from the first day: everything is looked at, and nothing is changed.',
  settings: [
    asks('GitHub > Organization > CMDB', 'Enforce: Enabled'),
    asks('GitHub > Repository > CMDB', 'Enforce: Enabled'),
    asks('GitHub > Organization > Event Handlers', 'Check: Enabled'),
    asks('GitHub > Organization > Two-Factor Requirement', 'Check: Enabled'),
    asks('GitHub > Organization > Member Privileges > Base Permissions', 'Check: Read'),
    asks(
      'GitHub > Organization > Member Privileges > Repository Forking',
      'Check: Deny forking of private repositories',
    ),
    asks('GitHub > Organization > Webhooks > Secure', 'Check: Secure'),
    asks('GitHub > Organization > Actions > Default Token', 'Check: Read'),
    asks('GitHub > Repository > Dependabot > Alerts', 'Check: Enabled'),
    asks('GitHub > Repository > Code Security > Secret Scanning', 'Check: Enabled'),
    asks('GitHub > Repository > Code Security > Push Protection', 'Check: Enabled'),
  ],
}
