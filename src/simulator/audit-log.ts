import { randomBytes } from 'node:crypto'
import { type By, senderOf } from './by.ts'
import type { Organization } from './organization.ts'
import type { OrganizationSettings } from './organization-settings.ts'
import type { Repository } from './repository.ts'
import type { World } from './world.ts'

/**
 * One entry of an organization's audit log, as REST writes it. Times in milliseconds, although the page calls them Unix
 * timestamps (https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization).
 */
export interface AuditLogEntry {
  readonly '@timestamp': number
  readonly _document_id: string
  readonly action: string
  readonly actor: string
  readonly actor_id: number
  readonly created_at: number
  readonly org: string
  readonly org_id: number
  readonly operation_type: string
  readonly [field: string]: unknown
}

/** Enterprise Cloud alone has an audit log that can be asked for. */
export const hasAuditLog = ({ flavour }: Pick<World, 'flavour'>, { plan }: Organization): boolean =>
  flavour === 'github.com' && plan === 'enterprise'

/** Notes what somebody did. `says`: the fields that the action has beyond those that all have. */
export function audit(
  world: World,
  organization: Organization,
  action: string,
  by: By | undefined,
  says: Readonly<Record<string, unknown>> = {},
): void {
  if (!hasAuditLog(world, organization)) return
  const sender = senderOf(world, organization, by)
  const now = world.now()
  organization.auditLog.push({
    '@timestamp': now,
    _document_id: randomBytes(16).toString('base64url'),
    action,
    actor: sender.login,
    actor_id: sender.id,
    created_at: now,
    org: organization.login,
    org_id: organization.id,
    operation_type: 'modify',
    ...says,
  })
}

/** What is noted of a repository names it. */
export const auditOf = (world: World, repository: Repository, action: string, by: By | undefined): void => {
  const { id, name, organization, visibility } = repository
  const repo = `${organization.login}/${name}`
  audit(world, organization, action, by, { repo, repo_id: id, public_repo: visibility === 'public' })
}

const actionOf: Readonly<Partial<Record<keyof OrganizationSettings, (value: unknown) => string>>> = {
  defaultRepositoryPermission: () => 'org.update_default_repository_permission',
  membersCanCreateRepositories: () => 'org.update_member_repository_creation_permission',
  membersCanForkPrivateRepositories: (isOn) => `private_repository_forking.${isOn ? 'enable' : 'disable'}`,
  twoFactorRequirementEnabled: (isOn) => `org.${isOn ? 'enable' : 'disable'}_two_factor_requirement`,
}

/** Settings that are in the audit log; of the others, the profile's for one, it says nothing. */
export function auditSettings(
  world: World,
  organization: Organization,
  change: Partial<OrganizationSettings>,
  by: By | undefined,
): void {
  for (const [setting, value] of Object.entries(change)) {
    const action = actionOf[setting as keyof OrganizationSettings]?.(value)
    if (action) audit(world, organization, action, by)
  }
}
