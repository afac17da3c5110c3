import type { ControlType } from '../model/control-type.ts'
import { organizationBlockedUsers } from './organization/blocked-users.ts'
import { organizationCmdb } from './organization/cmdb.ts'
import { organizationDeployKeysEnabled } from './organization/deploy-keys/enabled.ts'
import { eventHandlers } from './organization/event-handlers.ts'
import { memberPrivilegesBasePermissions } from './organization/member-privileges/base-permissions.ts'
import { memberPrivilegesPagesCreation } from './organization/member-privileges/pages-creation.ts'
import { memberPrivilegesRepositoryCreation } from './organization/member-privileges/repository-creation.ts'
import { memberPrivilegesRepositoryForking } from './organization/member-privileges/repository-forking.ts'
import { organizationPolicyFiles } from './organization/policy-files.ts'
import { organizationTwoFactorRequirement } from './organization/two-factor-requirement.ts'
import { organizationWebCommitSignoff } from './organization/web-commit-signoff.ts'
import { repositoryCmdb } from './repository/cmdb.ts'

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
  repositoryCmdb,
] as unknown as readonly ControlType[]
