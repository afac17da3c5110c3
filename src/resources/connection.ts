import type { Diagnosis } from '../model/diagnosis.ts'
import type { Discovery } from '../model/discovery.ts'
import type { Need, Permissions } from '../model/permission.ts'
import type { Observation } from '../model/resource-type.ts'
import { defineResource, json, quiet, text, time } from '../model/resource-type.ts'
import type { WebhookEvent } from '../model/webhook-event.ts'
import { readInstallation } from './connection/installation.ts'
import type { HookProof, OrganizationHook } from './connection/organization-hooks.ts'
import { type PathHealth, pathHealth } from './connection/path-health.ts'
import { readToken } from './connection/token.ts'

/** How the organization is reached, and what GitHub lets us do and sends us there. */
export interface ConnectionData {
  kind: 'app' | 'token'
  login: string
  status: 'active' | 'suspended' | 'uninstalled'
  /** What the policies in force, and the reports they ask for, need. */
  needs: readonly Need[]
  neededEvents: readonly WebhookEvent[]
  repositorySelection: 'all' | 'selected'
  granted: Permissions
  grantedEvents: readonly string[]
  requested: Permissions
  requestedEvents: readonly string[]
  installationUrl: string
  appSettingsUrl: string
  appOwner: string
  /** The App in addresses; what it does is done by `SLUG[bot]`. */
  appSlug: string
  /** Where the App's webhook shall point. */
  appHookUrl: string
  /** Where the App's webhook points; null where it has none. */
  appHook: { url: string | null; contentType: string | null; verifiesSsl: boolean } | null
  /** Of a token: `classic` with its scopes, or `fine-grained`. */
  tokenKind: 'classic' | 'fine-grained'
  tokenScopes: readonly string[]
  tokenExpiresAt: string | null
  hooks: readonly OrganizationHook[]
  proofs: readonly HookProof[]
  /** How deliveries fare on their way, by each hook that brings or could bring events. */
  path: readonly PathHealth[]
  /** How looking for repositories stands; times in milliseconds. */
  repositoryDiscovery: Pick<Discovery, 'startedAt' | 'completedAt' | 'count' | 'total' | 'refusal'> | null
  /** The reads that GitHub refused; what they would have told is not known. */
  refusals: readonly Diagnosis[]
}

/** There is one per connection; its node id is made of the organization's. */
export const connectionNodeId = (organizationNodeId: string): string => `connection:${organizationNodeId}`

export const connection = defineResource<ConnectionData>({
  type: 'GitHub > Connection',
  view: 'github_connection',
  parent: 'GitHub > Organization',
  needs: { metadata: 'read' },
  single: connectionNodeId,
  fields: {
    kind: text.readOnly('`app` or `token`.'),
    login: text.from('installation_target', 'The organization it reaches.'),
    status: text.from('installation', '`active`, `suspended` or `uninstalled`.'),
    needs: quiet(json.readOnly('The permissions that the policies in force need, and why.')),
    neededEvents: quiet(json.readOnly('The events that keep the CMDB right.')),
    repositorySelection: text.from('installation_repositories', '`all` or `selected` repositories.'),
    granted: json.from('installation', 'Permissions that the installation has.'),
    grantedEvents: json.from('installation', 'Events that the installation is sent.'),
    requested: json.readOnly('Permissions that the App asks for.'),
    requestedEvents: json.readOnly('Events that the App asks for.'),
    installationUrl: text.readOnly('Where an owner of the organization manages the installation.'),
    appSettingsUrl: text.readOnly('Where the owner of the App manages it.'),
    appOwner: text.readOnly('Who owns the App.'),
    appSlug: text.readOnly('The App in addresses: what it does is done by `SLUG[bot]`.'),
    appHookUrl: text.readOnly('Where the webhook of the App shall point.'),
    appHook: json.readOnly('How the webhook of the App is configured.'),
    tokenKind: text.readOnly('`classic` or `fine-grained`.'),
    tokenScopes: json.readOnly('Scopes of a classic token.'),
    tokenExpiresAt: time.readOnly('When the token ends; null when never.'),
    hooks: json.from('meta', 'The webhooks of the organization.'),
    proofs: quiet(json.from('ping', 'What is known of the pings to our webhooks.')),
    path: quiet(json.readOnly('How deliveries fare on their way, by GitHub’s delivery logs.')),
    repositoryDiscovery: quiet(json.readOnly('How looking for repositories stands.')),
    refusals: quiet(json.readOnly('Reads that GitHub refused.')),
  },
  title: ({ login }) => `connection to ${login ?? 'an organization'}`,

  fromEvent: {
    installation: prompted,
    installation_repositories: prompted,
    installation_target: prompted,
    meta: prompted,
    ping: prompted,
  },

  batch: 1,
  async read(context, [nodeId = '']) {
    const data = context.connection.kind === 'app' ? await readInstallation(context) : await readToken(context)
    const { needs, events, appHookUrl, logs, discovery, now } = context.ours
    const repositoryDiscovery = standing(await discovery('GitHub > Repository'))
    const path = (await logs()).map((log) => pathHealth(log, now))
    return [
      {
        kind: 'seen',
        nodeId,
        data: {
          kind: context.connection.kind,
          needs,
          neededEvents: events,
          appHookUrl,
          path,
          repositoryDiscovery,
          ...data,
        },
      },
    ]
  },
})

function standing(pass: Discovery | null): ConnectionData['repositoryDiscovery'] {
  if (!pass) return null
  const { startedAt, completedAt, count, total, refusal } = pass
  return { startedAt, completedAt, count, total, refusal }
}

/** None of these is taken at its word: each may be a replay, and the connection is asked for its state instead. */
function prompted(
  _payload: unknown,
  { organizationNodeId }: { organizationNodeId: string },
): Observation<ConnectionData>[] {
  return [{ kind: 'prompt', nodeId: connectionNodeId(organizationNodeId) }]
}
