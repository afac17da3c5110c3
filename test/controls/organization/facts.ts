import type { HookProof, OrganizationHook } from '../../../src/resources/connection/organization-hooks.ts'
import type { PathHealth } from '../../../src/resources/connection/path-health.ts'
import type { ConnectionData } from '../../../src/resources/connection.ts'

export const now = Date.UTC(2026, 0, 15, 12)
export const minute = 60_000

export const hookEvents = ['meta', 'org_block', 'organization', 'public', 'push', 'repository'] as const

const counts = { sent: 0, failed: 0, readBack: 0, missing: 0 }

const path = (hookId: string): PathHealth => ({
  hookId,
  readAt: now - minute,
  refusal: null,
  day: counts,
  events: {},
  hour: { ...counts, throttled: 0 },
  failing: null,
  swallowed: null,
  lost: { count: 0, since: null },
  unreadable: 0,
  isSteady: true,
  lastHeard: null,
  since: now - 60 * minute,
})

/** Ours, as GitHub lists it. */
export const ourHook: OrganizationHook = {
  githubId: 501,
  ourId: 'b1946ac9',
  pointsToUs: true,
  url: 'https://guardpost.example/api/github/hooks/b1946ac9',
  active: true,
  contentType: 'json',
  verifiesSsl: true,
  hasSecret: true,
  events: [...hookEvents],
  updatedAt: '2026-01-10T08:00:00Z',
}

export const strangersHook: OrganizationHook = {
  githubId: 77,
  ourId: null,
  pointsToUs: false,
  url: 'https://ci.example',
  active: true,
  contentType: 'form',
  verifiesSsl: false,
  hasSecret: false,
  events: ['push'],
  updatedAt: '2024-05-01T00:00:00Z',
}

export const proof: HookProof = {
  ourId: 'b1946ac9',
  askedAt: now - 10 * minute,
  pingAt: now - 10 * minute,
  isProved: true,
  wasProved: true,
  lastSent: { at: '2026-01-15T11:50:00Z', statusCode: 202, status: 'OK', event: 'ping' },
}

const common = {
  login: 'acme',
  status: 'active',
  needs: [],
  neededEvents: ['check_run', 'installation', 'meta', 'organization', 'ping', 'public', 'push', 'repository'],
  appHookUrl: 'https://guardpost.example/api/github/webhooks',
  refusals: [],
} as const

/** An installation with nothing to find fault with, whose events come by the App. */
export const goodApp: Partial<ConnectionData> = {
  ...common,
  kind: 'app',
  needs: [
    { permission: 'metadata', level: 'read', why: 'to read each `GitHub > Repository`' },
    { permission: 'members', level: 'read', why: 'so that `organization` events are sent' },
    { permission: 'contents', level: 'read', why: 'so that `push` events are sent' },
    { permission: 'organization_hooks', level: 'write', why: 'so that the webhook can be made' },
    { permission: 'organization_hooks', level: 'read', why: 'so that the webhooks can be read' },
  ],
  repositorySelection: 'all',
  granted: { metadata: 'read', members: 'read', contents: 'read', organization_hooks: 'write', issues: 'write' },
  grantedEvents: ['meta', 'organization', 'public', 'push', 'repository'],
  requested: { metadata: 'read', members: 'read', contents: 'read', organization_hooks: 'write', issues: 'write' },
  requestedEvents: ['meta', 'organization', 'public', 'push', 'repository'],
  installationUrl: 'https://github.com/organizations/acme/settings/installations/4711',
  appSettingsUrl: 'https://github.com/organizations/makers/settings/apps/guardpost/permissions',
  appOwner: 'makers',
  appSlug: 'guardpost',
  appHook: { url: 'https://guardpost.example/api/github/webhooks', contentType: 'json', verifiesSsl: true },
  hooks: [strangersHook],
  proofs: [],
  path: [path('app')],
}

/** A token's, whose events come by an organization webhook. */
export const goodToken: Partial<ConnectionData> = {
  ...common,
  kind: 'token',
  tokenKind: 'classic',
  tokenScopes: ['admin:org_hook', 'repo'],
  tokenExpiresAt: null,
  hooks: [strangersHook, ourHook],
  proofs: [proof],
  path: [path('b1946ac9')],
}

/** The same, but for some facts that are not known. */
export const without = (facts: Partial<ConnectionData>, ...unknown: string[]): Partial<ConnectionData> =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => !unknown.includes(fact)))
