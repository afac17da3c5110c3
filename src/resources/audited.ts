import type { AuditEntry } from '../model/audit-log.ts'

/**
 * The actions of GitHub's audit log after which things of a type are read again: those that no event tells of, or not all of
 * (https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization).
 * A star stands for any end. What happens all day long and changes nothing that is recorded is left out.
 */
interface Audited {
  readonly type: string
  readonly actions: readonly string[]
  /** What of it an entry is about: all that the organization has, one repository, what lies below one, or one person. */
  readonly about: 'organization' | 'repository' | 'person'
}

export const audited: readonly Audited[] = [
  {
    type: 'GitHub > Organization',
    about: 'organization',
    actions: [
      'account.plan_change',
      'org.advanced_security_*',
      'org.config.*',
      'org.disable_two_factor_requirement',
      'org.enable_two_factor_requirement',
      'org.members_can_*',
      'org.rename',
      'org.update_default_repository_permission',
      'org.update_member_repository_*',
      'org.*_commit_signoff*',
      'private_repository_forking.*',
      'dependabot_alerts_new_repos.*',
      'dependabot_security_updates_new_repos.*',
      'dependency_graph_new_repos.*',
      'secret_scanning_new_repos.*',
      'organization_domain.*',
    ],
  },
  {
    type: 'GitHub > Actions Policy',
    about: 'organization',
    actions: [
      'org.set_actions_*',
      'org.set_default_workflow_permissions',
      'org.set_fork_pr_workflows_policy',
      'org.set_workflow_permission_can_approve_pr',
      'org.update_actions_settings',
    ],
  },
  { type: 'GitHub > Organization Webhook', about: 'organization', actions: ['hook.*'] },
  { type: 'GitHub > App Installation', about: 'organization', actions: ['integration_installation.*'] },
  { type: 'GitHub > Organization Ruleset', about: 'organization', actions: ['repository_ruleset.*'] },
  {
    type: 'GitHub > Member',
    about: 'person',
    actions: ['org.add_member', 'org.remove_member', 'org.update_member'],
  },
  {
    type: 'GitHub > Repository',
    about: 'repository',
    actions: [
      'private_repository_forking.*',
      'repo.access',
      'repo.advanced_security_*',
      'repo.archived',
      'repo.change_merge_setting',
      'repo.config.*',
      'repo.unarchived',
      'repo.update_default_branch',
      'repository_projects_change.*',
    ],
  },
  {
    type: 'GitHub > Repository Actions Policy',
    about: 'repository',
    actions: [
      'repo.actions_enabled',
      'repo.set_default_workflow_permissions',
      'repo.set_workflow_permission_can_approve_pr',
      'repo.update_actions_settings',
    ],
  },
  { type: 'GitHub > Repository Ruleset', about: 'repository', actions: ['repository_ruleset.*'] },
  {
    type: 'GitHub > Branch Protection Rule',
    about: 'repository',
    actions: ['protected_branch.create', 'protected_branch.destroy', 'protected_branch.update_*'],
  },
]

/** The types that an entry is about. What names a repository is about that, and nothing of the organization's own. */
export const typesAbout = ({ action, repository }: AuditEntry): readonly Audited[] =>
  audited.filter(
    ({ about, actions }) =>
      (about === 'repository') === (repository !== null) && actions.some((pattern) => fits(pattern, action)),
  )

function fits(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${parts.join('.*')}$`).test(action)
}
