import { describe, expect, it } from '@jest/globals'
import type { Verdict } from '../../src/model/verdict.ts'
import { alarm, error, ok, tbd } from '../../src/model/verdict.ts'
import { falseRuns } from './oracle.ts'
import type { PublishedRun } from './published-run.ts'
import { falseReports } from './reports-oracle.ts'
import { type Attempt, during, type HookState, type InstallationState, type Truth } from './truth.ts'
import { falseVersions } from './versions-oracle.ts'

const url = 'https://guardpost.example/api/github/webhooks'
const hookUrl = 'https://guardpost.example/api/github/hooks/1'

const installed = (change: Partial<InstallationState> = {}): InstallationState => ({
  permissions: { metadata: 'read', checks: 'write' },
  events: ['repository'],
  repositorySelection: 'all',
  suspended: false,
  ...change,
})
const hook = (change: Partial<HookState> = {}): HookState => ({
  active: true,
  events: ['push', 'repository'],
  config: { url: hookUrl, contentType: 'json', insecureSsl: '0', secret: 'ours' },
  ...change,
})
const appHook = hook({ config: { url, contentType: 'json', insecureSsl: '0' } })

const request = (at: number, route: string, status: number) => ({
  at,
  request: { method: 'GET', path: route, route, query: {}, headers: {}, body: undefined, status, actor: 'app 1' },
})
const reads = [1_000, 2_000, 3_000].flatMap((at) => [
  request(at, 'GET /app/installations/{installation_id}', 200),
  request(at, 'GET /user', 200),
])

/** Installation 1 of App hook 2, and the webhook 3 of an organization reached by a token. All was well from time 0. */
function truth(change: {
  installation?: [number, InstallationState | null][]
  appHook?: [number, HookState][]
  hook?: [number, HookState | null][]
  repository?: [number, string | null][]
  log?: Attempt[]
}): Truth {
  const moments = <State>(first: State, later: [number, State | null][] = []) =>
    [[0, first] as [number, State | null], ...later].map(([at, state]) => ({ at, state }))
  const repository = (nameWithOwner: string | null) => nameWithOwner && { ...repositoryState, nameWithOwner }
  const repositories = (change.repository ?? []).map(([at, name]) => ({ at, state: repository(name) || null }))
  return {
    history: {
      installations: new Map([[1, moments(installed(), change.installation)]]),
      hooks: new Map([
        [2, moments(appHook, change.appHook)],
        [3, moments(hook(), change.hook)],
      ]),
      repositories: new Map([['R_1', repositories]]),
    },
    app: {
      organization: 'acme',
      installationId: 1,
      hookId: 2,
      hookUrl: url,
      permissions: { metadata: 'read', checks: 'write' },
      events: ['repository'],
    },
    hookUrls: 'https://guardpost.example/api/github/hooks/',
    hooksOf: new Map([['globex', [3]]]),
    secrets: new Set(['ours']),
    asked: reads,
    log: () => change.log ?? [],
    received: new Map([['late', 2_500]]),
    heard: new Map([['late', 2_500]]),
    told: new Map([['late', 900]]),
  }
}

const repositoryState = {
  visibility: 'private',
  archived: false,
  description: null,
  homepage: null,
  defaultBranch: 'main',
  topics: [],
  settings: {} as never,
} as const

const iso = (time: number): string => new Date(time).toISOString()
const readAt = (time: number) => ({ about: 'Read from GitHub', found: `at ${iso(time)}`, state: 'ok' }) as const
const finding = (about: string, found: string, state: 'alarm' | 'error' = 'alarm') => ({ about, found, state })

/** Judged from 2,000 to 2,100 by what was read at 2,000, unless the verdict says otherwise. */
const run = (verdict: Verdict, change: Partial<PublishedRun> = {}): PublishedRun => ({
  id: 1,
  organization: 'acme',
  kind: 'app',
  nodeId: 'O_1',
  path: 'GitHub > Organization > Event Handlers',
  cause: 'a test',
  verdict,
  startedAt: 2_000,
  endedAt: 2_100,
  ...change,
})
const configured = ok('Configured', { evidence: [readAt(2_000)] })
const byToken = { organization: 'globex', kind: 'token' } as const
const wrong = (known: Truth, one: PublishedRun) => falseRuns(known, [one]).map((words) => words.split('”: ').pop())

describe('what was so in a window', () => {
  it('is what it began with, and every change until its end', () => {
    const moments = [1, 5, 9].map((at) => ({ at, state: `from ${at}` }))
    expect(during(moments, { from: 6, to: 9 })).toEqual(['from 5', 'from 9'])
    expect(during(moments, { from: 1, to: 4 })).toEqual([null, 'from 1'])
    expect(during(undefined, { from: 1, to: 4 })).toEqual([null])
  })
})

describe('OK of Event Handlers', () => {
  it('is right when all was well, if only for a moment', () => {
    expect(wrong(truth({}), run(configured))).toEqual([])
    const suspendedAfter = truth({ installation: [[2_050, installed({ suspended: true })]] })
    expect(wrong(suspendedAfter, run(configured))).toEqual([])
    const grantedBefore = truth({
      installation: [
        [500, installed({ permissions: {} })],
        [2_099, installed()],
      ],
    })
    expect(wrong(grantedBefore, run(configured))).toEqual([])
  })

  it.each([
    ['suspended', { installation: [[1_500, installed({ suspended: true })]] }, 'OK, and installed and active never'],
    ['uninstalled', { installation: [[1_500, null]] }, 'OK, and installed and active never'],
    [
      'without a permission',
      { installation: [[1_500, installed({ permissions: { metadata: 'read' } })]] },
      'OK, and `checks` granted never',
    ],
    [
      'without an event',
      { installation: [[1_500, installed({ events: [] })]] },
      'OK, and `repository` subscribed to never',
    ],
    ['with the App’s hook elsewhere', { appHook: [[1_500, hook()]] }, 'OK, and the URL right never'],
  ] as [string, Parameters<typeof truth>[0], string][])('is wrong while %s', (_, change, why) => {
    expect(wrong(truth(change), run(configured))).toContain(why)
  })

  it.each([
    ['inactive', hook({ active: false })],
    ['without events', hook({ events: [] })],
    ['signed by another secret', hook({ config: { ...hook().config, secret: 'another' } })],
    ['gone', null],
  ] as [string, HookState | null][])('is wrong while the webhook is %s', (_, state) => {
    expect(wrong(truth({}), run(configured, byToken))).toEqual([])
    expect(wrong(truth({ hook: [[1_500, state]] }), run(configured, byToken))).toEqual([
      expect.stringContaining('OK, and no webhook was right'),
    ])
  })

  it('knows no more of a secret than GitHub tells: nothing, where it changed in the second of its proof', () => {
    const changed: [number, HookState] = [1_500, hook({ config: { ...hook().config, secret: 'another' } })]
    const at = (deliveredAt: number) => [{ guid: 'ping', deliveredAt, status: 'OK', throttledAt: null }]
    expect(wrong(truth({ hook: [changed], log: at(1_400) }), run(configured, byToken))).toEqual([])
    expect(wrong(truth({ hook: [changed], log: at(900) }), run(configured, byToken))).toEqual([
      'OK, and no webhook was right: [["Webhook secret"]]',
    ])
  })

  it('is wrong when GitHub was not read when it says it was', () => {
    const never = ok('Configured', { evidence: [readAt(2_050)] })
    expect(wrong(truth({}), run(never))).toEqual(['GitHub was not read when it says it was'])
  })
})

describe('what Event Handlers finds wanting', () => {
  const missing = finding('Permission `checks`', 'not granted', 'error')
  const noChecks = error('Missing.', { evidence: [readAt(2_000), missing] })
  const noHook = alarm('Missing.', { evidence: [readAt(2_000), finding('Organization webhook', 'missing')] })
  const inactive = alarm('Inactive.', { evidence: [readAt(2_000), finding('Webhook', 'inactive')] })
  const failing = alarm('Failing.', {
    evidence: [readAt(2_000), finding('Deliveries answered', `all failed since ${iso(1_000)}`)],
  })

  it('is right where it was so, and wrong where it was not', () => {
    const revoked = truth({ installation: [[1_500, installed({ permissions: { metadata: 'read' } })]] })
    expect(wrong(revoked, run(noChecks))).toEqual([])
    expect(wrong(truth({}), run(noChecks))).toEqual(['“Permission `checks`: not granted”, and that was never so'])
    expect(wrong(truth({ hook: [[1_500, null]] }), run(noHook, byToken))).toEqual([])
    expect(wrong(truth({}), run(noHook, byToken))).toEqual(['“Organization webhook: missing”, and there were always 1'])
    expect(wrong(truth({ hook: [[1_500, hook({ active: false })]] }), run(inactive, byToken))).toEqual([])
    expect(wrong(truth({}), run(inactive, byToken))).toEqual(['“Webhook: inactive”, and that was never so'])
  })

  it('is held against GitHub’s log', () => {
    const attempts = (status: string) =>
      [1_100, 1_200, 1_300].map((deliveredAt) => ({
        guid: String(deliveredAt),
        deliveredAt,
        status,
        throttledAt: null,
      }))
    expect(wrong(truth({ log: attempts('timed out') }), run(failing))).toEqual([])
    expect(wrong(truth({ log: attempts('OK') }), run(failing))).toEqual([expect.stringContaining('never said so')])
  })

  it('is wrong where nothing could prove it, or nothing is named', () => {
    const strange = alarm('Strange.', { evidence: [readAt(2_000), finding('The moon', 'full')] })
    expect(wrong(truth({}), run(strange))).toEqual([expect.stringContaining('nothing is known that could prove it')])
    expect(wrong(truth({}), run(alarm('Strange.')))).toEqual(['alarm without a reason'])
  })

  it('says nothing wrong by TBD', () => {
    expect(wrong(truth({}), run(tbd('Not known.')))).toEqual([])
  })
})

describe('a CMDB control', () => {
  const repository = { path: 'GitHub > Repository > CMDB', nodeId: 'R_1' } as const
  const seenBy = (how: string, at: number) =>
    ok('Recorded.', { evidence: [{ about: 'Last seen', found: `${iso(at)} by ${how}`, state: 'ok' }] })
  const gone: [number, string | null][] = [
    [500, 'acme/web'],
    [1_000, null],
  ]

  it('is OK of what was there since it was seen, and of nothing else', () => {
    const there = truth({
      repository: [
        [500, 'acme/web'],
        [2_050, null],
      ],
    })
    expect(wrong(there, run(seenBy('a read', 2_000), repository))).toEqual([])
    expect(wrong(truth({ repository: gone }), run(seenBy('a read', 2_000), repository))).toEqual([
      'recorded, and it was not there',
    ])
    const elsewhere = truth({ repository: [[500, 'globex/web']] })
    expect(wrong(elsewhere, run(seenBy('a read', 2_000), repository))).toEqual(['recorded, and it was not there'])
  })

  it('is right by an event that came late', () => {
    const late = run(seenBy('an event', 2_500), { ...repository, endedAt: 2_600 })
    expect(wrong(truth({ repository: gone }), late)).toEqual([])
  })

  it('is an Error by a refusal that there was', () => {
    const suspended = error('Suspended.', { diagnoses: [{ code: 'suspended', reason: 'Suspended.' }] })
    expect(wrong(truth({}), run(suspended, repository))).toEqual(['the installation was not suspended'])
    const was = truth({ installation: [[1_500, installed({ suspended: true })]] })
    expect(wrong(was, run(suspended, repository))).toEqual([])
    const refused = error('No.', { diagnoses: [{ code: 'refused', reason: 'No.', call: 'GET /orgs/{org}' }] })
    expect(wrong(truth({}), run(refused, repository))).toEqual([expect.stringContaining('refused nothing of the kind')])
    const asked = [...reads, request(2_010, 'GET /orgs/{org}', 403)]
    expect(wrong({ ...truth({}), asked }, run(refused, repository))).toEqual([])
  })

  it('is an Error by the last refusal of that very call, whatever else was refused since', () => {
    const call = 'POST /app/installations/{installation_id}/access_tokens'
    const suspended = error('Suspended.', { diagnoses: [{ code: 'suspended', reason: 'Suspended.', call }] })
    const before = [
      [1_500, installed({ suspended: true })],
      [1_700, installed()],
    ] satisfies [number, InstallationState][]
    const refused = (at: number) => ({
      ...truth({ installation: before }),
      asked: [...reads, request(at, call, 403), request(1_900, 'GET /orgs/{org}', 404)],
    })
    expect(wrong(refused(1_600), run(suspended, repository))).toEqual([])
    expect(wrong(refused(1_800), run(suspended, repository))).toEqual(['the installation was not suspended'])
  })
})

describe('what is said on GitHub', () => {
  const said = (at: number, state: Verdict['state']) => ({
    at,
    organization: 'acme',
    path: 'GitHub > Organization > Event Handlers',
    words: state,
    tells: ({ verdict }: PublishedRun) => verdict.state === state,
  })
  const runs = [run(configured), run(alarm('Now not.'), { id: 2, startedAt: 5_000, endedAt: 5_000 })]

  it('was judged so, and not long overruled', () => {
    expect(falseReports([said(2_200, 'ok'), said(5_100, 'alarm'), said(5_100, 'ok')], runs)).toEqual([])
    expect(falseReports([said(2_200, 'alarm')], runs)).toEqual([expect.stringContaining('never judged so')])
    expect(falseReports([said(30_000, 'ok')], runs)).toEqual([expect.stringContaining('judged otherwise')])
  })
})

describe('a version of a repository', () => {
  it('has no value that the repository never had', () => {
    const known = truth({
      repository: [
        [500, 'acme/web'],
        [90_000, 'acme/later'],
      ],
    })
    const version = (nameWithOwner: string) => ({
      nodeId: 'R_1',
      at: 1_000,
      data: { nameWithOwner, visibility: 'private' },
    })
    expect(falseVersions(known, [version('acme/web')])).toEqual([])
    expect(falseVersions(known, [version('acme/later')])).toEqual([expect.stringContaining('which it never had')])
  })
})
