import type { Operation } from '../http/operation.ts'
import { appOperations } from './app.ts'
import { appHookOperations } from './app-hook.ts'
import { blockOperations } from './blocks.ts'
import { checkRunOperations } from './check-runs.ts'
import { gitOperations } from './git.ts'
import { issueOperations } from './issues.ts'
import { metaOperations } from './meta.ts'
import { organizationOperations } from './organization.ts'
import { organizationHookOperations } from './organization-hooks.ts'
import { repositoryOperations } from './repository.ts'
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
  ...rulesetOperations,
  ...checkRunOperations,
  ...statusOperations,
  ...gitOperations,
  ...issueOperations,
  ...repositoryOperations,
]
