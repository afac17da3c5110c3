import type { Need, PermissionLevel } from './permission.ts'

/**
 * The App permission that each webhook event asks for, or null for events that every App is sent.
 * Source: https://docs.github.com/webhooks/webhook-events-and-payloads ("Availability" and permission of each event).
 */
const eventPermission = {
  repository: { permission: 'metadata', level: 'read' },
  public: { permission: 'metadata', level: 'read' },
  organization: { permission: 'members', level: 'read' },
  member: { permission: 'members', level: 'read' },
  membership: { permission: 'members', level: 'read' },
  team: { permission: 'members', level: 'read' },
  org_block: { permission: 'organization_administration', level: 'read' },
  push: { permission: 'contents', level: 'read' },
  pull_request: { permission: 'pull_requests', level: 'read' },
  branch_protection_rule: { permission: 'administration', level: 'read' },
  repository_ruleset: { permission: 'administration', level: 'read' },
  security_and_analysis: { permission: 'administration', level: 'read' },
  deploy_key: { permission: 'deployments', level: 'read' },
  custom_property: { permission: 'organization_custom_properties', level: 'read' },
  custom_property_values: { permission: 'organization_custom_properties', level: 'read' },
  check_run: { permission: 'checks', level: 'write' },
  check_suite: { permission: 'checks', level: 'write' },
  meta: null,
  ping: null,
  installation: null,
  installation_repositories: null,
  installation_target: null,
} as const satisfies Record<string, { permission: string; level: PermissionLevel } | null>

export type WebhookEvent = keyof typeof eventPermission

/** Sent to Apps whether subscribed or not; naming one in a manifest makes GitHub refuse it, `meta` likewise. */
const notForManifest: readonly WebhookEvent[] = [
  'ping',
  'meta',
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'installation_target',
]

/** Events that an organization webhook never receives. */
const appOnly: readonly WebhookEvent[] = [
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'installation_target',
]

export const isWebhookEvent = (name: string): name is WebhookEvent => Object.hasOwn(eventPermission, name)

/** Of the given events, those that an App subscribes to. */
export const appSubscriptions = (events: readonly WebhookEvent[]): WebhookEvent[] =>
  events.filter((event) => !notForManifest.includes(event)).toSorted()

/** Of the given events, those that an organization webhook subscribes to; a ping comes without asking. */
export const organizationHookEvents = (events: readonly WebhookEvent[]): WebhookEvent[] =>
  events.filter((event) => !appOnly.includes(event) && event !== 'ping').toSorted()

/** The permission without which GitHub does not send the event to an App. */
export function needsOfEvent(event: WebhookEvent): Need[] {
  const need = eventPermission[event]
  return need ? [{ ...need, why: `so that \`${event}\` events are sent` }] : []
}
