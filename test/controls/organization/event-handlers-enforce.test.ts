import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { eventHandlers } from '../../../src/controls/organization/event-handlers.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Resource } from '../../../src/model/resource.ts'
import type { OrganizationHook } from '../../../src/resources/connection/organization-hooks.ts'
import type { ConnectionData } from '../../../src/resources/connection.ts'
import { recordingGitHub, refused } from '../recording-github.ts'
import { goodApp, goodToken, hookEvents, minute, now, ourHook, proof, strangersHook, without } from './facts.ts'
import { type Asked, inputOf, judged } from './judged.ts'

type Facts = Partial<ConnectionData>

const connection: Connection = {
  id: 1,
  kind: 'app',
  organizationId: 9919,
  organizationNodeId: 'O_kgDOAAAAAQ',
  login: 'acme',
  installationId: 4711,
  status: 'active',
  createdAt: 0,
}

const urlOf = (id: string) => `https://guardpost.example/api/github/hooks/${id}`

/** Everything that enforcing does to GitHub and to what we keep of our webhooks, in order. */
async function enforced(facts: Facts | null, asked: Asked = {}, more: Partial<Resource> & { isApp?: boolean } = {}) {
  const steps: unknown[] = []
  const { isApp = true, ...resource } = more
  const write = (route: string) => ({
    [route]: (parameters: object) => {
      steps.push([route, parameters])
      return { data: { id: 900 } }
    },
  })
  const { github } = recordingGitHub({
    ...write('POST /orgs/{org}/hooks'),
    ...write('PATCH /orgs/{org}/hooks/{hook_id}'),
    ...write('DELETE /orgs/{org}/hooks/{hook_id}'),
    ...write('POST /orgs/{org}/hooks/{hook_id}/pings'),
  })
  const app = recordingGitHub(write('PATCH /app/hook/config')).github
  await eventHandlers.enforce?.({
    ...inputOf(facts, asked, resource),
    connection,
    github,
    app: isApp ? app : null,
    appWebhookSecret: 'the App’s',
    ownHooks: {
      async prepare() {
        steps.push('prepare')
        return { id: 'fresh', url: urlOf('fresh'), secret: 'the fresh one’s' }
      },
      known: async (id) => ({ url: urlOf(id), secret: `secret of ${id}` }),
      made: async (id, githubId) => void steps.push(`made ${id} ${githubId}`),
      pinging: async (id) => void steps.push(`pinging ${id}`),
      forget: async (id) => void steps.push(`forget ${id}`),
    },
  })
  return steps
}

const patched = (hookId: number, id: string) => [
  'PATCH /orgs/{org}/hooks/{hook_id}',
  {
    org: 'acme',
    hook_id: hookId,
    active: true,
    events: [...hookEvents],
    config: { url: urlOf(id), content_type: 'json', insecure_ssl: '0', secret: `secret of ${id}` },
  },
]
const pinged = (hookId: number) => ['POST /orgs/{org}/hooks/{hook_id}/pings', { org: 'acme', hook_id: hookId }]
const deleted = (hookId: number) => ['DELETE /orgs/{org}/hooks/{hook_id}', { org: 'acme', hook_id: hookId }]
const mended = [patched(501, 'b1946ac9'), 'pinging b1946ac9', pinged(501)]

describe('writes nothing', () => {
  it.each<[string, Facts | null, Asked]>([
    ['where nothing is wanting by the App', goodApp, {}],
    ['where nothing is wanting by an organization webhook', goodToken, {}],
    ['where nothing of ours is there and nothing is wanted', goodApp, { wanted: 'Disabled' }],
    ['where the connection was not read yet', null, {}],
    ['where the installation is suspended', { ...goodApp, status: 'suspended', appHook: null, hooks: [ourHook] }, {}],
    ['where it is uninstalled', { ...goodApp, status: 'uninstalled', appHook: null, hooks: [ourHook] }, {}],
    ['where the App’s webhook is not known', without(goodApp, 'appHook'), {}],
    ['where the webhooks are not known', without(goodToken, 'hooks'), {}],
    [
      'where the webhooks known are of yesterday',
      {
        ...goodToken,
        hooks: [],
        refusals: [refused(403, 'no', 'GET /orgs/{org}/hooks/{hook_id}/deliveries').diagnosis],
      },
      {},
    ],
  ])('%s', async (_what, facts, asked) => {
    expect(await enforced(facts, asked)).toEqual([])
  })

  it('where all that is known of the connection is of yesterday', async () => {
    const { diagnosis: refusal } = refused(401, 'Bad credentials.')
    expect(await enforced({ ...goodToken, hooks: [] }, {}, { refusal })).toEqual([])
  })

  it.each([0, minute - 1])('while a ping is on its way, %d ms after it was asked for', async (passed) => {
    const proofs = [
      { ...proof, isProved: false, wasProved: false, pingAt: null, lastSent: null, askedAt: now - passed },
    ]
    expect(await enforced({ ...goodToken, proofs })).toEqual([])
  })
})

describe('by the App', () => {
  const config = {
    url: 'https://guardpost.example/api/github/webhooks',
    content_type: 'json',
    insecure_ssl: '0',
    secret: 'the App’s',
  }

  it.each<[string, Facts]>([
    ['points nowhere', { appHook: null }],
    ['points elsewhere', { appHook: { url: 'https://elsewhere.example', contentType: 'json', verifiesSsl: true } }],
    ['sends forms', { appHook: { url: config.url, contentType: 'form', verifiesSsl: true } }],
    ['does not verify', { appHook: { url: config.url, contentType: 'json', verifiesSsl: false } }],
  ])('configures its webhook whole, secret included, when it %s', async (_what, fault) => {
    expect(await enforced({ ...goodApp, ...fault })).toEqual([['PATCH /app/hook/config', config]])
  })

  it('cannot where there is no App', async () => {
    expect(await enforced({ ...goodApp, appHook: null }, {}, { isApp: false })).toEqual([])
  })

  it('removes an organization webhook of ours that is no longer wanted', async () => {
    expect(await enforced({ ...goodApp, hooks: [strangersHook, ourHook] })).toEqual([deleted(501), 'forget b1946ac9'])
  })
})

describe('by an organization webhook', () => {
  it('makes one, its secret kept before GitHub hears of it', async () => {
    expect(await enforced({ ...goodToken, hooks: [strangersHook], proofs: [] })).toEqual([
      'prepare',
      [
        'POST /orgs/{org}/hooks',
        {
          org: 'acme',
          name: 'web',
          active: true,
          events: [...hookEvents],
          config: { url: urlOf('fresh'), content_type: 'json', insecure_ssl: '0', secret: 'the fresh one’s' },
        },
      ],
      'made fresh 900',
    ])
  })

  it.each<[string, Partial<OrganizationHook>]>([
    ['is inactive', { active: false }],
    ['points elsewhere', { pointsToUs: false, url: 'https://elsewhere.example' }],
    ['sends forms', { contentType: 'form' }],
    ['does not verify', { verifiesSsl: false }],
    ['sends too little', { events: ['push'] }],
  ])('that %s is configured whole, secret included, and pinged', async (_what, fault) => {
    expect(await enforced({ ...goodToken, hooks: [strangersHook, { ...ourHook, ...fault }] })).toEqual(mended)
  })

  it.each([
    ['absent', { hasSecret: false }, {}],
    ['refused', {}, { lastSent: { at: '2026-01-15T11:50:00Z', statusCode: 401, status: '401', event: 'push' } }],
    ['changed', {}, { wasProved: true }],
  ])('whose secret is %s is given ours again', async (_what, fault, known) => {
    const proofs = [{ ...proof, isProved: false, wasProved: false, askedAt: now - 60 * minute, ...known }]
    expect(await enforced({ ...goodToken, hooks: [{ ...ourHook, ...fault }], proofs })).toEqual(mended)
  })

  it('whose ping did not come is only pinged again, once a minute, or every ten where GitHub cannot reach us', async () => {
    const silent = { ...proof, isProved: false, wasProved: false, pingAt: null, lastSent: null, askedAt: now - minute }
    const again = ['pinging b1946ac9', pinged(501)]
    expect(await enforced({ ...goodToken, proofs: [silent] })).toEqual(again)
    expect(await enforced({ ...goodToken, proofs: [] })).toEqual(again)
    const lastSent = { at: '2026-01-15T11:59:00Z', statusCode: 502, status: 'failed to connect to host', event: 'ping' }
    expect(await enforced({ ...goodToken, proofs: [{ ...silent, lastSent }] })).toEqual([])
    const later = { now: now + 9 * minute }
    expect(await enforced({ ...goodToken, proofs: [{ ...silent, lastSent }] }, later)).toEqual(again)
  })

  it('loses its copies, whoever made them, and keeps its secret', async () => {
    const copy = { ...ourHook, githubId: 502, ourId: null }
    expect(await enforced({ ...goodToken, hooks: [copy, strangersHook, ourHook] })).toEqual([deleted(502)])
  })

  it('goes with all its copies when none is wanted', async () => {
    const copy = { ...ourHook, githubId: 502, ourId: null }
    expect(await enforced({ ...goodToken, hooks: [ourHook, strangersHook, copy] }, { wanted: 'Disabled' })).toEqual([
      deleted(501),
      'forget b1946ac9',
      deleted(502),
    ])
  })
})

describe('whatever webhooks there are', () => {
  const someHook = fc.record({
    githubId: fc.integer({ min: 1, max: 10_000 }),
    ourId: fc.constantFrom(null, null, 'one', 'two'),
    pointsToUs: fc.boolean(),
    url: fc.constant('https://somewhere.example'),
    active: fc.boolean(),
    contentType: fc.constantFrom('json', 'form', null),
    verifiesSsl: fc.boolean(),
    hasSecret: fc.boolean(),
    events: fc.subarray([...hookEvents, '*']),
    updatedAt: fc.constant('2026-01-10T08:00:00Z'),
  })
  const someHooks = fc.uniqueArray(someHook, { selector: ({ githubId }) => githubId, maxLength: 8 })
  const someAsked = fc.record({
    wanted: fc.constantFrom('Enabled' as const, 'Disabled' as const),
    source: fc.constantFrom('GitHub App' as const, 'Organization webhook' as const),
  })
  type Call = [route: string, parameters: { hook_id?: number; events?: string[] }]
  const callsOf = (steps: unknown[]) => steps.filter((step): step is Call => Array.isArray(step))

  it('touches none that is not ours', async () => {
    await fc.assert(
      fc.asyncProperty(someHooks, someAsked, async (hooks, asked) => {
        const theirs = hooks
          .filter(({ ourId, pointsToUs }) => ourId === null && !pointsToUs)
          .map((each) => each.githubId)
        const touched = callsOf(await enforced({ ...goodApp, hooks, proofs: [] }, asked))
        for (const [, { hook_id }] of touched) expect(theirs).not.toContain(hook_id)
      }),
    )
  })

  it('leaves what it then finds right, but for the ping that is yet to come', async () => {
    await fc.assert(
      fc.asyncProperty(someHooks, someAsked, async (hooks, asked) => {
        const before = { ...goodApp, hooks, proofs: [] }
        const after = { ...before, hooks: applied(hooks, callsOf(await enforced(before, asked))) }
        const wrong = judged(after, asked).evidence.filter(
          ({ about, state }) => state === 'alarm' && about.startsWith('Webhook') && about !== 'Webhook secret',
        )
        expect(wrong).toEqual([])
        const proofs = after.hooks.flatMap(({ ourId }) => (ourId ? [{ ...proof, ourId }] : []))
        expect(await enforced({ ...after, proofs }, asked)).toEqual([])
      }),
    )
  })

  const right = { active: true, contentType: 'json', verifiesSsl: true, hasSecret: true, pointsToUs: true }

  /** The webhooks as GitHub has them after these calls. */
  function applied(hooks: readonly OrganizationHook[], calls: readonly Call[]): OrganizationHook[] {
    let there = [...hooks]
    for (const [route, { hook_id, events = [] }] of calls) {
      if (route.startsWith('DELETE')) there = there.filter(({ githubId }) => githubId !== hook_id)
      if (route.startsWith('PATCH'))
        there = there.map((each) => (each.githubId === hook_id ? { ...each, ...right, events } : each))
      if (route === 'POST /orgs/{org}/hooks')
        there.push({ ...ourHook, ...right, githubId: 20_000, ourId: 'fresh', events })
    }
    return there
  }
})
