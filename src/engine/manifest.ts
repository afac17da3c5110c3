import { type Permissions, permissionsOf } from '../model/permission.ts'
import type { Reporter } from '../model/reporter.ts'
import { appSubscriptions, type WebhookEvent } from '../model/webhook-event.ts'
import { knownEvents, manifestNeeds } from './needs.ts'

/**
 * A GitHub App manifest.
 * Source: https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export interface AppManifest {
  readonly name: string
  readonly url: string
  readonly hook_attributes: { readonly url: string; readonly active: boolean }
  readonly public: boolean
  readonly default_permissions: Permissions
  readonly default_events: readonly WebhookEvent[]
}

/** The App as what resources, controls and reporters declare makes it: nothing is asked for that nothing needs. */
export function appManifest(
  reporters: readonly Reporter[],
  { name, url, hookUrl }: { name: string; url: string; hookUrl: string },
): AppManifest {
  const permissions = Object.entries(permissionsOf(manifestNeeds(reporters)))
  return {
    name,
    url,
    hook_attributes: { url: hookUrl, active: true },
    public: false,
    default_permissions: Object.fromEntries(permissions.toSorted(([a], [b]) => a.localeCompare(b))),
    default_events: appSubscriptions(knownEvents()),
  }
}
