import type { ResourceType } from '../model/resource-type.ts'
import { actionsPolicy } from './actions-policy.ts'
import { appInstallation } from './app-installation.ts'
import { blockedUsers } from './blocked-users.ts'
import { branchProtectionRule } from './branch-protection-rule.ts'
import { connection } from './connection.ts'
import { customProperty } from './custom-property.ts'
import { customPropertyValues } from './custom-property-values.ts'
import { deployKey } from './deploy-key.ts'
import { member } from './member.ts'
import { organization } from './organization.ts'
import { organizationRuleset } from './organization-ruleset.ts'
import { organizationWebhook } from './organization-webhook.ts'
import { outsideCollaborator } from './outside-collaborator.ts'
import { policyFiles } from './policy-files.ts'
import { privateVulnerabilityReporting } from './private-vulnerability-reporting.ts'
import { repository } from './repository.ts'
import { repositoryActionsPolicy } from './repository-actions-policy.ts'
import { repositoryRuleset } from './repository-ruleset.ts'
import { repositorySecurity } from './repository-security.ts'
import { team } from './team.ts'

/** Every resource type Guardpost knows. What lies below repositories comes after them. */
export const resourceTypes = [
  organization,
  connection,
  blockedUsers,
  policyFiles,
  repository,
  team,
  member,
  outsideCollaborator,
  organizationWebhook,
  organizationRuleset,
  appInstallation,
  actionsPolicy,
  customProperty,
  customPropertyValues,
  branchProtectionRule,
  repositoryRuleset,
  deployKey,
  repositorySecurity,
  repositoryActionsPolicy,
  privateVulnerabilityReporting,
] as unknown as readonly ResourceType[]
