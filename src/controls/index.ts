import type { ControlType } from '../model/control-type.ts'
import { organizationActionsDefaultToken } from './organization/actions/default-token.ts'
import { organizationBlockedUsers } from './organization/blocked-users.ts'
import { organizationCmdb } from './organization/cmdb.ts'
import { organizationDeployKeysEnabled } from './organization/deploy-keys/enabled.ts'
import { eventHandlers } from './organization/event-handlers.ts'
import { memberPrivilegesBasePermissions } from './organization/member-privileges/base-permissions.ts'
import { memberPrivilegesPagesCreation } from './organization/member-privileges/pages-creation.ts'
import { memberPrivilegesRepositoryCreation } from './organization/member-privileges/repository-creation.ts'
import { memberPrivilegesRepositoryForking } from './organization/member-privileges/repository-forking.ts'
import { organizationPolicyFiles } from './organization/policy-files.ts'
import { organizationRepositoryDiscovery } from './organization/repository-discovery.ts'
import { organizationTwoFactorRequirement } from './organization/two-factor-requirement.ts'
import { organizationWebCommitSignoff } from './organization/web-commit-signoff.ts'
import { organizationWebhooksSecure } from './organization/webhooks/secure.ts'
import { repositoryActionsDefaultToken } from './repository/actions/default-token.ts'
import { repositoryCmdb } from './repository/cmdb.ts'
import { repositoryPrivateVulnerabilityReporting } from './repository/code-security/private-vulnerability-reporting.ts'
import { repositoryPushProtection } from './repository/code-security/push-protection.ts'
import { repositorySecretScanning } from './repository/code-security/secret-scanning.ts'
import { repositoryDefaultBranch } from './repository/default-branch.ts'
import { repositoryDependabotAlerts } from './repository/dependabot/alerts.ts'
import { repositoryDependabotSecurityUpdates } from './repository/dependabot/security-updates.ts'
import { repositoryDiscussionsEnabled } from './repository/discussions/enabled.ts'
import { repositoryForkingEnabled } from './repository/forking/enabled.ts'
import { repositoryIssuesEnabled } from './repository/issues/enabled.ts'
import { repositoryProjectsEnabled } from './repository/projects/enabled.ts'
import { repositoryDeleteBranchOnMerge } from './repository/pull-request/delete-branch-on-merge.ts'
import { repositoryMergeConfiguration } from './repository/pull-request/merge-configuration.ts'
import { repositoryVisibility } from './repository/visibility.ts'
import { repositoryWebCommitSignoff } from './repository/web-commit-signoff.ts'
import { repositoryWikisEnabled } from './repository/wikis/enabled.ts'

/** Every control Guardpost knows. */
export const controlTypes = [
  organizationCmdb,
  eventHandlers,
  organizationBlockedUsers,
  organizationPolicyFiles,
  organizationDeployKeysEnabled,
  memberPrivilegesBasePermissions,
  memberPrivilegesRepositoryCreation,
  memberPrivilegesRepositoryForking,
  memberPrivilegesPagesCreation,
  organizationTwoFactorRequirement,
  organizationWebCommitSignoff,
  organizationWebhooksSecure,
  organizationActionsDefaultToken,
  repositoryCmdb,
  organizationRepositoryDiscovery,
  repositoryVisibility,
  repositoryDefaultBranch,
  repositoryDeleteBranchOnMerge,
  repositoryMergeConfiguration,
  repositoryDiscussionsEnabled,
  repositoryProjectsEnabled,
  repositoryWikisEnabled,
  repositoryIssuesEnabled,
  repositoryForkingEnabled,
  repositoryWebCommitSignoff,
  repositoryDependabotAlerts,
  repositoryDependabotSecurityUpdates,
  repositorySecretScanning,
  repositoryPushProtection,
  repositoryPrivateVulnerabilityReporting,
  repositoryActionsDefaultToken,
] as unknown as readonly ControlType[]
