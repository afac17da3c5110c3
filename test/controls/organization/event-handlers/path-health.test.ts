import { describe, expect, it } from '@jest/globals'
import type { Wanted } from '../../../../src/controls/organization/event-handlers/finding.ts'
import { judgePath } from '../../../../src/controls/organization/event-handlers/path-health.ts'
import type { PathHealth, PathRun } from '../../../../src/resources/connection/path-health.ts'
import type { ConnectionData } from '../../../../src/resources/connection.ts'

const hour = 3_600_000
const now = Date.parse('2026-11-22T12:00:00Z')
const none = { sent: 0, failed: 0, readBack: 0, missing: 0 }

const health = (more: Partial<PathHealth> = {}): PathHealth => ({
  hookId: 'app',
  readAt: now - 60_000,
  refusal: null,
  day: none,
  events: {},
  hour: { ...none, throttled: 0 },
  failing: null,
  swallowed: null,
  lost: { count: 0, since: null },
  unreadable: 0,
  isSteady: true,
  lastHeard: null,
  since: now - 1_000 * hour,
  ...more,
})
const run = (count: number): PathRun => ({
  count,
  since: Date.parse('2026-11-22T11:30:00Z'),
  said: ['502 failed to connect to host', 'timed out'],
  newest: [{ at: Date.parse('2026-11-22T11:45:00Z'), event: 'push', said: 'timed out' }],
})
const appFacts = (
  path: readonly PathHealth[] | undefined,
  more: Partial<ConnectionData> = {},
): Partial<ConnectionData> => ({
  kind: 'app',
  login: 'acme',
  appOwner: 'mona',
  appSettingsUrl: 'https://github.com/settings/apps/guardpost/permissions',
  ...(path && { path }),
  ...more,
})
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  source: 'GitHub App',
  events: [],
  silenceAlarm: 'Never',
  now,
  ...more,
})
const judge = (path: PathHealth, more: Partial<Wanted> = {}) => judgePath(appFacts([path]), wanted(more), undefined)
const finding = (path: PathHealth, about: string, more: Partial<Wanted> = {}) =>
  judge(path, more).find((found) => found.about === about)
const states = (path: PathHealth, more: Partial<Wanted> = {}) => [
  ...new Set(judge(path, more).map(({ state }) => state)),
]

it('is well when nothing was sent and nothing is missing', () => {
  expect(states(health())).toEqual(['ok'])
  expect(finding(health(), 'Last event heard')).toMatchObject({ found: 'none yet', volatile: true })
})

describe('the log', () => {
  it('that was never read is not known, and no Alarm', () => {
    const notRead = { about: 'Delivery log of GitHub', found: 'not read yet', state: 'tbd' }
    expect(judge(health({ readAt: null }))).toEqual([notRead])
    expect(judgePath(appFacts(undefined), wanted(), undefined)).toEqual([notRead])
    expect(judgePath(appFacts([health({ hookId: 'h1' })]), wanted(), undefined)).toEqual([notRead])
  })

  it('that was last read long ago is not known', () => {
    const old = health({ readAt: now - 7 * hour })
    expect(finding(old, 'Delivery log of GitHub')).toMatchObject({
      found: 'last read at 2026-11-22T05:00:00.000Z',
      state: 'tbd',
    })
  })

  it('that GitHub does not show is an Error that says why, once', () => {
    const refusal = { code: 'hidden', reason: 'Not Found', call: 'GET /app/hook/deliveries' } as const
    const refused = health({ refusal })
    const about = 'Delivery log of GitHub'
    expect(finding(refused, about)).toEqual({ about, found: 'refused', state: 'error', diagnosis: refusal })
    const said = judgePath(appFacts([refused], { refusals: [refusal] }), wanted(), undefined)
    expect(said[0]).toEqual({ about, found: 'refused', state: 'error' })
  })
})

describe('failures', () => {
  it('are an Alarm from three in a row, with since when, what GitHub said, and the page', () => {
    expect(finding(health({ failing: run(2) }), 'Deliveries answered')).toMatchObject({ state: 'ok' })
    expect(finding(health({ failing: run(3) }), 'Deliveries answered')).toMatchObject({
      state: 'alarm',
      diagnosis: {
        code: 'undelivered',
        reason:
          'Nothing that GitHub sends gets through: every delivery since 2026-11-22T11:30:00.000Z failed (502 failed to connect to host; timed out).',
        remedy: {
          who: 'the owner of the App, mona',
          action: expect.stringContaining('redeliver what failed'),
          url: 'https://github.com/settings/apps/guardpost/advanced',
        },
      },
    })
    expect(finding(health({ failing: run(3) }), 'Newest failures')).toEqual({
      about: 'Newest failures',
      found: '2026-11-22T11:45:00.000Z `push` timed out, and 2 before',
      state: 'ok',
      volatile: true,
    })
  })

  it.each([
    ['half of the last hour', { sent: 10, failed: 5 }, false, 'alarm'],
    ['less than half of it', { sent: 11, failed: 5 }, false, 'ok'],
    ['too few to tell', { sent: 4, failed: 4 }, false, 'ok'],
    ['half of it, but the newest three got through', { sent: 10, failed: 5 }, true, 'ok'],
  ])('are judged by their share: %s', (_what, counts, isSteady, state) => {
    const path = health({ hour: { ...counts, readBack: 0, missing: 0, throttled: 0 }, isSteady })
    expect(finding(path, 'Deliveries answered')).toMatchObject({ state })
  })
})

it('answered by somebody else are an Alarm from the first one on', () => {
  expect(finding(health({ swallowed: { ...run(1), said: ['200 OK'] } }), 'Deliveries arrived')).toMatchObject({
    state: 'alarm',
    diagnosis: {
      reason: expect.stringContaining('since 2026-11-22T11:30:00.000Z (200 OK), and none of them came here'),
    },
  })
})

it.each([
  [2, 'ok'],
  [3, 'alarm'],
])('held back by GitHub %i times within an hour are %s', (throttled, state) => {
  const path = health({ hour: { ...none, throttled } })
  expect(finding(path, 'Deliveries held back by GitHub')).toMatchObject({ state })
})

describe('silence', () => {
  const heard = (ago: number) => health({ lastHeard: { at: now - ago, event: 'push', delay: 1_500 } })

  it('is no fault by default, however long', () => {
    expect(states(heard(1_000 * hour))).toEqual(['ok'])
    expect(finding(heard(1_000 * hour), 'Silence')).toBeUndefined()
  })

  it.each([
    ['1 hour', hour],
    ['6 hours', 6 * hour],
    ['1 day', 24 * hour],
    ['7 days', 168 * hour],
  ])('of %s is an Alarm where the policy says so', (silenceAlarm, length) => {
    const early = finding(heard(length - 1), 'Silence', { silenceAlarm })
    expect(early).toMatchObject({ state: 'ok', recheckAt: now + 1 })
    expect(finding(heard(length), 'Silence', { silenceAlarm })).toMatchObject({
      state: 'alarm',
      wanted: `less than ${silenceAlarm}`,
    })
  })

  it('counts from the beginning where nothing was heard yet', () => {
    expect(finding(health({ since: now - hour + 1 }), 'Silence', { silenceAlarm: '1 hour' })?.state).toBe('ok')
    expect(finding(health({ since: now - hour }), 'Silence', { silenceAlarm: '1 hour' })).toMatchObject({
      state: 'alarm',
      diagnosis: {
        reason:
          'Nothing has been heard yet, since 2026-11-22T11:00:00.000Z; the policy calls 1 hour of silence an Alarm.',
      },
    })
  })
})

it('shows the last event with its delay, and the counts, as what differs at every look', () => {
  const path = health({
    day: { sent: 9, failed: 2, readBack: 0, missing: 1 },
    events: {
      push: { sent: 8, failed: 2, readBack: 0, missing: 1 },
      repository: { sent: 1, failed: 0, readBack: 0, missing: 0 },
    },
    lastHeard: { at: now - 60_000, event: 'push', delay: 1_500 },
  })
  expect(judge(path).slice(5)).toEqual([
    {
      about: 'Last event heard',
      found: '`push` at 2026-11-22T11:59:00.000Z, 1.5 s after it was sent',
      state: 'ok',
      volatile: true,
    },
    { about: 'Deliveries of 24 hours', found: '9 sent, 2 failed, 1 missing here', state: 'ok', volatile: true },
    { about: 'Deliveries of `push`', found: '8 sent, 2 failed, 1 missing here', state: 'ok', volatile: true },
    { about: 'Deliveries of `repository`', found: '1 sent, 0 failed, 0 missing here', state: 'ok', volatile: true },
  ])
})

describe('the hook that is judged', () => {
  const ours = { ourId: 'h1', githubId: 42 } as ConnectionData['hooks'][number]
  const organizationHook = wanted({ source: 'Organization webhook' })

  it('is the organization’s where the Source says so, with its own page', () => {
    const facts = appFacts([health({ failing: run(9) }), health({ hookId: 'h1', failing: run(3) })], { hooks: [ours] })
    const found = judgePath(facts, organizationHook, 'https://github.example.com/acme')
    expect(found.find(({ about }) => about === 'Newest failures')?.found).toContain('and 2 before')
    expect(found.flatMap(({ diagnosis }) => diagnosis ?? [])).toMatchObject([
      {
        remedy: {
          who: 'an owner of acme',
          url: 'https://github.example.com/organizations/acme/settings/hooks/42',
        },
      },
    ])
  })

  it('is none where there is none of ours, or no App', () => {
    expect(judgePath(appFacts([health()]), organizationHook, undefined)).toEqual([])
    expect(judgePath(appFacts([health()], { kind: 'token' }), wanted(), undefined)).toEqual([])
  })
})

describe('what was lost', () => {
  const lost = (minutes: number) => health({ lost: { count: 3, since: now - minutes * 60_000 } })

  it('is TBD while it is being read back, and looked at again when that would take too long', () => {
    expect(judge(lost(10))[4]).toEqual({
      about: 'Deliveries lost',
      found: '3 not yet read back from GitHub’s log, the first of 2026-11-22T11:50:00.000Z',
      state: 'tbd',
      recheckAt: Date.parse('2026-11-22T12:50:00Z'),
    })
  })

  it('is an Alarm when that takes longer than an hour', () => {
    expect(judge(lost(60))[4]).toMatchObject({
      state: 'alarm',
      diagnosis: { reason: expect.stringContaining('3 that did not arrive could not be read back') },
    })
  })

  it('and GitHub no longer shows is said, and is no Alarm', () => {
    const path = health({ unreadable: 2 })
    expect(judge(path).every(({ state }) => state === 'ok')).toBe(true)
    expect(judge(path)).toContainEqual({
      about: 'Deliveries that GitHub no longer shows',
      found: '2; read anew instead',
      state: 'ok',
      volatile: true,
    })
  })
})
