import { describe, expect, it } from '@jest/globals'
import { eventHandlers } from '../../../src/controls/organization/event-handlers.ts'
import type { ConnectionData } from '../../../src/resources/connection.ts'
import { goodApp, goodToken, hookEvents, minute, now, ourHook, proof, strangersHook } from './facts.ts'
import { judged, seen } from './judged.ts'

type Facts = Partial<ConnectionData>

const hooksRefused = {
  code: 'permission-not-granted',
  reason: 'GitHub refused GET /orgs/{org}/hooks.',
  call: 'GET /orgs/{org}/hooks',
  missing: { key: 'organization_hooks', needed: 'read' },
} as const

describe('with nothing to find fault with', () => {
  it('is OK by the App, each thing that was looked at said', () => {
    const verdict = judged(goodApp)
    expect(verdict).toMatchObject({ state: 'ok', reason: 'Configured', diagnoses: [], recheckAt: now + 10 * minute })
    expect(seen(verdict)).toEqual(
      expect.arrayContaining([
        'ok: Installation: active',
        'ok: Repositories covered: all',
        'ok: Permission `contents`: read (read)',
        'ok: Permission `members`: read (read)',
        'ok: Permission `metadata`: read (read)',
        'ok: Permission `organization_hooks`: write (write)',
        'ok: Event `organization`: subscribed',
        'ok: Event `public`: subscribed',
        'ok: Event `push`: subscribed',
        'ok: Event `repository`: subscribed',
        'ok: Webhook URL of the App: https://guardpost.example/api/github/webhooks (https://guardpost.example/api/github/webhooks)',
        'ok: Webhook content type of the App: json (json)',
        'ok: Webhook SSL verification of the App: on (on)',
        'ok: Organization webhook: none of ours (none of ours)',
      ]),
    )
  })

  it('is OK by an organization webhook, each thing that was looked at said', () => {
    const verdict = judged(goodToken)
    expect(verdict).toMatchObject({ state: 'ok', reason: 'Configured', diagnoses: [] })
    expect(seen(verdict)).toEqual(
      expect.arrayContaining([
        'ok: Webhook: active (active)',
        'ok: Webhook URL: ours (ours)',
        'ok: Webhook content type: json (json)',
        'ok: Webhook SSL verification: on (on)',
        'ok: Webhook events: meta, org_block, organization, public, push, repository (meta, org_block, organization, public, push, repository)',
        'ok: Webhook secret: ours, proved by a ping',
      ]),
    )
  })

  it('is OK by an organization webhook of an App', () => {
    const facts = { ...goodApp, hooks: [ourHook], proofs: [proof], path: goodToken.path ?? [] }
    const verdict = judged(facts, { source: 'Organization webhook' })
    expect(verdict).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(seen(verdict).filter((line) => line.includes('Event `'))).toEqual([])
  })

  it('takes events named twice for once, in any order', () => {
    expect(judged(goodToken, { events: [...hookEvents, 'push'].toReversed() })).toMatchObject({ state: 'ok' })
  })
})

describe.each<[string, Facts, string, string]>([
  ['uninstalled', { status: 'uninstalled' }, 'error', 'The App is not installed on acme: nothing is heard.'],
  ['suspended', { status: 'suspended' }, 'error', 'The installation on acme is suspended: nothing is heard.'],
  [
    'of selected repositories',
    { repositorySelection: 'selected' },
    'alarm',
    'The installation covers selected repositories of acme only: the events of the others do not arrive.',
  ],
  [
    'without a permission that is requested',
    { granted: { ...goodApp.granted, organization_hooks: 'read' } },
    'error',
    'The permission `organization_hooks: write` is not granted.',
  ],
  [
    'without a permission that the App does not request enough of',
    { granted: { metadata: 'read', members: 'read', organization_hooks: 'write' }, requested: {} },
    'error',
    'The permission `contents: read` is not requested by the App.',
  ],
  [
    'without an event that is requested',
    { grantedEvents: ['organization', 'public', 'repository'] },
    'error',
    'The event `push` is not accepted by the installation.',
  ],
  [
    'without an event that the App does not ask for',
    { grantedEvents: ['organization', 'public', 'repository'], requestedEvents: [] },
    'error',
    'The event `push` is not subscribed to by the App.',
  ],
  ['without a webhook of the App', { appHook: null }, 'alarm', 'Webhook of the App: none.'],
  [
    'with a webhook of the App without a URL',
    { appHook: { url: null, contentType: 'json', verifiesSsl: true } },
    'alarm',
    'Webhook of the App: none.',
  ],
  [
    'with a webhook of the App that points elsewhere, as a form, unverified',
    { appHook: { url: 'https://elsewhere.example', contentType: null, verifiesSsl: false } },
    'alarm',
    'Webhook URL of the App: https://elsewhere.example. Webhook content type of the App: form. Webhook SSL verification of the App: off.',
  ],
  ['with a webhook of ours besides', { hooks: [ourHook] }, 'alarm', 'Organization webhook: 1 of ours.'],
  [
    'whose webhooks could not be read',
    { refusals: [{ ...hooksRefused, missing: { key: 'other', needed: null } }] },
    'error',
    'GitHub refused GET /orgs/{org}/hooks.',
  ],
])('an installation %s', (_what, fault, state, reason) => {
  it(`is ${state}`, () => {
    expect(judged({ ...goodApp, ...fault })).toMatchObject({ state, reason, recheckAt: now + 10 * minute })
  })
})

const hook = (change: object): Facts => ({ hooks: [strangersHook, { ...ourHook, ...change }] })

describe.each<[string, Facts, string, string]>([
  ['is missing', { hooks: [strangersHook] }, 'alarm', 'Organization webhook: missing.'],
  ['is a copy only', hook({ ourId: null }), 'alarm', 'Organization webhook: a copy of ours only.'],
  [
    'has a copy',
    { hooks: [ourHook, { ...ourHook, githubId: 502, ourId: null }] },
    'alarm',
    'Organization webhook: a second copy of ours (id 502).',
  ],
  ['is inactive', hook({ active: false }), 'alarm', 'Webhook: inactive.'],
  ['points elsewhere', hook({ pointsToUs: false }), 'alarm', 'Webhook URL: changed to another.'],
  ['sends forms', hook({ contentType: 'form' }), 'alarm', 'Webhook content type: form.'],
  ['has no content type', hook({ contentType: null }), 'alarm', 'Webhook content type: form.'],
  ['does not verify', hook({ verifiesSsl: false }), 'alarm', 'Webhook SSL verification: off.'],
  ['sends too little', hook({ events: ['push'] }), 'alarm', 'Webhook events: push.'],
  ['sends everything', hook({ events: ['*'] }), 'alarm', 'Webhook events: *.'],
  ['has no secret', hook({ hasSecret: false }), 'alarm', 'Webhook secret: none is set.'],
  ['could not be read', { refusals: [hooksRefused] }, 'error', 'GitHub refused GET /orgs/{org}/hooks.'],
])('an organization webhook that %s', (_what, fault, state, reason) => {
  it(`is ${state}`, () => {
    expect(judged({ ...goodToken, ...fault })).toMatchObject({ state, reason })
  })
})

it('says every fault of the same gravity, and lets the gravest give the state', () => {
  const facts = { ...goodApp, appHook: null, hooks: [ourHook] }
  expect(judged(facts).reason).toBe('Webhook of the App: none. Organization webhook: 1 of ours.')
  expect(judged({ ...facts, grantedEvents: [], requestedEvents: [] })).toMatchObject({ state: 'error' })
})

describe('a missing permission', () => {
  it('is named with what is requested, granted and why, and mended by an owner of the organization', () => {
    const { diagnoses } = judged({ ...goodApp, granted: { ...goodApp.granted, organization_hooks: 'read' } })
    expect(diagnoses).toEqual([
      {
        code: 'permission-not-granted',
        reason: 'The permission `organization_hooks: write` is not granted.',
        missing: {
          key: 'organization_hooks',
          needed: 'write',
          requested: 'write',
          granted: 'read',
          why: 'so that the webhook can be made, so that the webhooks can be read',
        },
        remedy: {
          who: 'an owner of acme',
          action: 'Review the request of the App and accept `organization_hooks: write`.',
          url: 'https://github.com/organizations/acme/settings/installations/4711/permissions/update',
        },
      },
    ])
  })

  it('that the App does not request is mended by its owner first', () => {
    const { members: _, ...rest } = goodApp.granted ?? {}
    const { diagnoses } = judged({ ...goodApp, granted: rest, requested: rest })
    expect(diagnoses).toMatchObject([
      {
        code: 'permission-not-requested',
        missing: { key: 'members', needed: 'read', requested: null, granted: null },
        remedy: {
          who: 'the owner of the App, makers',
          action: 'Add `members: read` to what the App asks for; then an owner of the organization accepts it.',
          url: 'https://github.com/organizations/makers/settings/apps/guardpost/permissions',
        },
      },
    ])
  })

  it('is named once, though its events are missing and a call was refused for want of it', () => {
    const granted = { metadata: 'read', members: 'read', contents: 'read' } as const
    const facts = { ...goodApp, granted, refusals: [hooksRefused] }
    expect(judged(facts).diagnoses.map(({ reason }) => reason)).toEqual([
      'The permission `organization_hooks: write` is not granted.',
    ])
    const { contents: _, ...rest } = goodApp.granted ?? {}
    const without = { ...goodApp, granted: rest, grantedEvents: ['organization', 'public', 'repository'] }
    expect(judged(without).diagnoses.map(({ missing }) => missing?.key)).toEqual(['contents'])
  })
})

describe('Disabled', () => {
  const disabled = (facts: Facts) => judged(facts, { wanted: 'Disabled' })

  it('is OK when nothing of ours is left, whosever else is', () => {
    expect(disabled(goodApp)).toMatchObject({ state: 'ok', reason: 'Not configured' })
    expect(disabled({ ...goodToken, hooks: [strangersHook] })).toMatchObject({ state: 'ok', reason: 'Not configured' })
  })

  it('is an Alarm while something of ours is left, copies counted', () => {
    const copy = { ...ourHook, githubId: 502, ourId: null }
    expect(disabled({ ...goodToken, hooks: [ourHook, copy] })).toMatchObject({
      state: 'alarm',
      reason: 'Organization webhook: 2 of ours.',
    })
  })

  it('asks for no events and no more repositories, but for the permission to see', () => {
    const silent = { ...goodApp, grantedEvents: [], repositorySelection: 'selected', appHook: null } as const
    expect(disabled(silent)).toMatchObject({ state: 'ok', reason: 'Not configured' })
    expect(disabled({ ...silent, granted: {} })).toMatchObject({ state: 'error' })
  })

  it.each(['suspended', 'uninstalled'] as const)('cannot be told of an installation that is %s', (status) => {
    expect(disabled({ ...goodApp, status })).toMatchObject({ state: 'error' })
  })
})

it('tells a token that it has no webhook of an App', () => {
  expect(judged(goodToken, { source: 'GitHub App' }).reason).toBe(
    'Source: a token has no App webhook. Organization webhook: 1 of ours.',
  )
})

it('offers its values, and answers its sub-policies by the connection', () => {
  const { policy, subPolicies } = eventHandlers
  expect(policy.values).toEqual(['Skip', 'Check: Enabled', 'Check: Disabled', 'Enforce: Enabled', 'Enforce: Disabled'])
  expect(policy.default({ kind: 'app' })).toBe('Check: Enabled')
  expect(subPolicies.source.default({ kind: 'app' })).toBe('GitHub App')
  expect(subPolicies.source.default({ kind: 'token' })).toBe('Organization webhook')
  expect(subPolicies.events.default({ kind: 'token' })).toEqual([
    'branch_protection_rule',
    'custom_property',
    'custom_property_values',
    'deploy_key',
    'member',
    'membership',
    'meta',
    'org_block',
    'organization',
    'public',
    'push',
    'repository',
    'repository_ruleset',
    'security_and_analysis',
    'team',
  ])
  expect(subPolicies.events.values).not.toContain('*')
})
