import type { Operation } from '../http/operation.ts'
import { actionsPolicyOperations } from './actions-policy.ts'
import { appOperations } from './app.ts'
import { appHookOperations } from './app-hook.ts'
import { auditLogOperations } from './audit-log.ts'
import { blockOperations } from './blocks.ts'
import { branchRuleOperations } from './branch-rules.ts'
import { checkRunOperations } from './check-runs.ts'
import { customPropertyOperations } from './custom-properties.ts'
import { gitOperations } from './git.ts'
import { gitObjectOperations } from './git-objects.ts'
import { issueOperations } from './issues.ts'
import { metaOperations } from './meta.ts'
import { organizationOperations } from './organization.ts'
import { organizationHookOperations } from './organization-hooks.ts'
import { peopleOperations } from './people.ts'
import { pullRequestOperations } from './pull-requests.ts'
import { repositoryOperations } from './repository.ts'
import { repositorySecurityOperations } from './repository-security.ts'
import { rulesetOperations } from './rulesets.ts'
import { statusOperations } from './statuses.ts'

/** Every REST operation that is simulated. The first that matches a path answers. */
export const operations: readonly Operation[] = [
  ...metaOperations,
  ...appOperations,
  ...appHookOperations,
  ...organizationOperations,
  ...organizationHookOperations,
  ...blockOperations,
  ...auditLogOperations,
  ...rulesetOperations,
  ...peopleOperations,
  ...actionsPolicyOperations,
  ...customPropertyOperations,
  ...checkRunOperations,
  ...statusOperations,
  ...branchRuleOperations,
  ...gitOperations,
  ...gitObjectOperations,
  ...pullRequestOperations,
  ...issueOperations,
  ...repositorySecurityOperations,
  ...repositoryOperations,
]
