import type { Level } from './permission.ts'

/**
 * The App permission that lets an event be subscribed to, at least at read
 * (https://docs.github.com/webhooks/webhook-events-and-payloads).
 */
const eventPermissions: Readonly<Record<string, string>> = {
  repository: 'metadata',
  public: 'metadata',
  label: 'metadata',
  star: 'metadata',
  watch: 'metadata',
  branch_protection_rule: 'administration',
  branch_protection_configuration: 'administration',
  security_and_analysis: 'administration',
  repository_ruleset: 'administration',
  member: 'members',
  membership: 'members',
  team: 'members',
  team_add: 'members',
  organization: 'members',
  org_block: 'organization_administration',
  custom_property: 'organization_custom_properties',
  custom_property_values: 'organization_custom_properties',
  personal_access_token_request: 'organization_personal_access_token_requests',
  deploy_key: 'deployments',
  deployment: 'deployments',
  deployment_status: 'deployments',
  push: 'contents',
  create: 'contents',
  delete: 'contents',
  fork: 'contents',
  release: 'contents',
  gollum: 'contents',
  commit_comment: 'contents',
  dependabot_alert: 'vulnerability_alerts',
  code_scanning_alert: 'security_events',
  secret_scanning_alert: 'secret_scanning_alerts',
  secret_scanning_alert_location: 'secret_scanning_alerts',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  pull_request_review_thread: 'pull_requests',
  check_run: 'checks',
  check_suite: 'checks',
  workflow_run: 'actions',
  workflow_job: 'actions',
  issues: 'issues',
  issue_comment: 'issues',
  milestone: 'issues',
  status: 'statuses',
  page_build: 'pages',
  discussion: 'discussions',
  discussion_comment: 'discussions',
  meta: 'metadata',
}

/** Sent to an App whatever it subscribed to. */
export const alwaysSentToApps: ReadonlySet<string> = new Set([
  'installation',
  'installation_repositories',
  'installation_target',
  'github_app_authorization',
])

/** The permission that lets an App subscribe to the event; undefined: it cannot subscribe to it, or need not. */
export const permissionOfEvent = (event: string): string | undefined =>
  event === 'meta' ? undefined : eventPermissions[event]

/** Events that no organization hook can have. */
export const appsOnly: ReadonlySet<string> = new Set([
  ...alwaysSentToApps,
  'security_advisory',
  'merge_group',
  'deployment_review',
  'deployment_protection_rule',
  'repository_dispatch',
  'workflow_dispatch',
  'personal_access_token_request',
])

const hooksOnly = ['repository_import', 'projects_v2', 'projects_v2_item', 'projects_v2_status_update', 'package']

/** Whether an organization hook may name the event. */
export const isHookEvent = (event: string): boolean =>
  event === '*' || (!appsOnly.has(event) && (Object.hasOwn(eventPermissions, event) || hooksOnly.includes(event)))

/** The events that a holder of these permissions really gets. */
export const permittedEvents = (
  events: readonly string[],
  permissions: Readonly<Record<string, Level>>,
): readonly string[] =>
  events.filter((event) => {
    const permission = eventPermissions[event]
    return permission !== undefined && permissions[permission] !== undefined
  })
