import { asks } from '../../model/policy.ts'
import type { PolicyPack } from '../../model/policy-pack.ts'

export const baseline: PolicyPack = {
  name: 'baseline',
  title: 'Baseline',
  description: 'What every organization can have from the first day: everything is looked at, and nothing is changed.',
  settings: [
    asks('GitHub > Organization > CMDB', 'Enforce: Enabled'),
    asks('GitHub > Repository > CMDB', 'Enforce: Enabled'),
    asks('GitHub > Organization > Event Handlers', 'Check: Enabled'),
  ],
}
