import { describe, expect, it } from '@jest/globals'
import type { ControlState } from '../../src/model/control-state.ts'
import type { Report } from '../../src/model/report.ts'
import type { Saying } from '../../src/model/reporter.ts'
import { issue } from '../../src/reporters/issue.ts'
import { recordingGitHub, refused } from '../controls/recording-github.ts'
import { author, now, sayingOf } from './said.ts'

const listing = 'GET /repos/{owner}/{repo}/issues'
const making = 'POST /repos/{owner}/{repo}/issues'
const editing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'
const reading = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const commenting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'

const mark = '<!-- guardpost:control:3:7 -->'
const foot = '\n\nGuardpost edits this issue as things change, and closes it when the control is OK.'
const remedy = { who: 'an owner of acme', action: 'Accept it.', url: 'https://github.com/x' }
const asks = { diagnoses: [{ code: 'permission-not-granted', reason: 'Missing.', remedy }] } as const

const wanting = (reason = 'Missing.', place: Partial<Saying['place']> = {}) =>
  sayingOf('error', reason, { verdict: asks, place })

interface Repository {
  readonly issues?: readonly (readonly object[])[]
  readonly comments?: readonly object[]
  /** The status with which GitHub answers whatever names the issue. */
  readonly away?: number
}

async function say(
  saying: Saying,
  last: Report | null = null,
  { issues = [[]], comments = [], away }: Repository = {},
) {
  const named = (data: unknown) => () => {
    if (away) throw refused(away)
    return { data }
  }
  const recording = recordingGitHub({
    [listing]: () => ({ pages: issues }),
    [making]: () => ({ data: { number: 12 } }),
    [editing]: named({}),
    [reading]: named(comments),
    [commenting]: named({}),
  })
  const report = await issue.report(recording.github, author, saying, last, now + 1_000)
  return { report, routes: recording.asked.map(({ route }) => route), ...recording }
}

/** The report of an issue open since `now`, about `wanting()`. */
async function opened(): Promise<Report> {
  const { report } = await say(wanting())
  if (!report) throw new Error('No issue was opened.')
  return { ...report, updatedAt: now }
}

describe('where a person has something to mend', () => {
  it('an issue is opened that says what, why it matters and what to do', async () => {
    const { routes, asked, report } = await say(wanting())
    expect(routes).toEqual([listing, making])
    expect(asked[0]?.parameters).toMatchObject({ creator: author, state: 'all' })
    expect(asked[1]?.parameters).toEqual({
      owner: 'acme',
      repo: '.github-private',
      title: 'GitHub > Organization > Event Handlers: Error',
      body:
        `${mark}\n**Error**: Missing.\n\n### Missing.\n\n` +
        '**What to do** (an owner of acme): Accept it. [Open the page](https://github.com/x).\n\n' +
        `**Why it matters.** Changes go unheard.${foot}`,
    })
    expect(report).toEqual({
      connectionId: 3,
      controlId: 7,
      kind: 'issue',
      repositoryNodeId: 'R_private',
      githubId: 12,
      headSha: null,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      open: true,
      updatedAt: now + 1_000,
    })
  })

  it('a public repository is told the state, and nothing of what or why', async () => {
    const { asked } = await say(wanting('secret', { mayTellDetails: false }))
    expect(asked[1]?.parameters.body).toBe(
      `${mark}\n**Error**. This repository is public, so no more is told here. Whoever runs Guardpost can see why.${foot}`,
    )
  })

  it('a long story fits GitHub’s limit with its mark and its end', async () => {
    const evidence = Array.from({ length: 5_000 }, () => ({ about: 'Call', found: '😀', state: 'error' }) as const)
    const { asked } = await say(sayingOf('error', 'Much.', { verdict: { ...asks, evidence } }))
    const body = String(asked[1]?.parameters.body)
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_535)
    expect(Buffer.byteLength(body)).toBeGreaterThan(65_400)
    expect(body.startsWith(`${mark}\n`)).toBe(true)
    expect(body.endsWith(foot)).toBe(true)
    expect(body.isWellFormed()).toBe(true)
  })
})

it.each<[ControlState]>([['ok'], ['alarm'], ['invalid'], ['skipped'], ['tbd']])('%s opens none', async (state) => {
  const { routes, report } = await say(sayingOf(state, 'So.', { verdict: asks }))
  expect(routes).toEqual([])
  expect(report).toBeNull()
})

it('an Error that nobody can mend on GitHub opens none', async () => {
  const { routes } = await say(
    sayingOf('error', 'So.', { verdict: { diagnoses: [{ code: 'refused', reason: 'No.' }] } }),
  )
  expect(routes).toEqual([])
})

describe('an open issue', () => {
  it('is left alone where nothing changed, even if a person closed it', async () => {
    const last = await opened()
    const { routes, report } = await say(wanting(), last)
    expect(routes).toEqual([])
    expect(report).toBe(last)
  })

  it('is edited in place where something did, and open again', async () => {
    const { asked, routes, report } = await say(wanting('Something else.'), await opened())
    expect(routes).toEqual([editing])
    expect(asked[0]?.parameters).toMatchObject({ issue_number: 12, state: 'open' })
    expect(report).toMatchObject({ githubId: 12, open: true, updatedAt: now + 1_000 })
  })

  it.each(['alarm', 'invalid'] as const)('is edited, and stays open, when the control turns to %s', async (state) => {
    const { asked, report } = await say(sayingOf(state, 'So.'), await opened())
    expect(asked).toMatchObject([{ route: editing, parameters: { state: 'open' } }])
    expect(report).toMatchObject({ open: true })
  })

  it('waits while the state is not known', async () => {
    const last = await opened()
    const { routes, report } = await say(sayingOf('tbd', 'Not yet.'), last)
    expect(routes).toEqual([])
    expect(report).toBe(last)
  })

  it.each([
    ['ok', 'OK again'],
    ['skipped', 'Skipped'],
  ] as const)('is closed with a word when the control is %s', async (state, word) => {
    const { asked, routes, report } = await say(sayingOf(state, 'So.'), await opened())
    expect(routes).toEqual([reading, commenting, editing])
    expect(asked[0]?.parameters).toMatchObject({ since: '2026-01-15T12:00:00.000Z' })
    expect(asked[1]?.parameters.body).toBe(`<!-- guardpost:closed:${now} -->\nThe control is ${word}.`)
    expect(asked[2]?.parameters).toMatchObject({ issue_number: 12, state: 'closed', state_reason: 'completed' })
    expect(report).toMatchObject({ githubId: 12, open: false, updatedAt: now + 1_000 })
  })

  it('is closed without saying again what was said before the process ended', async () => {
    const body = `<!-- guardpost:closed:${now} -->\nThe control is OK again.`
    const last = await opened()
    const said = (login: string) => ({ comments: [{ user: { login }, body }] })
    expect((await say(sayingOf('ok', 'So.'), last, said(author))).routes).toEqual([reading, editing])
    expect((await say(sayingOf('ok', 'So.'), last, said('mallory'))).routes).toEqual([reading, commenting, editing])
  })

  it.each([404, 410, 301])('that was deleted or moved (%d) is made anew', async (away) => {
    const { routes, report } = await say(wanting('Something else.'), { ...(await opened()), githubId: 5 }, { away })
    expect(routes).toEqual([editing, making])
    expect(report).toMatchObject({ githubId: 12, open: true })
  })

  it.each([404, 410, 301])('that was deleted or moved (%d) needs no closing', async (away) => {
    const { writes, report } = await say(sayingOf('ok', 'So.'), await opened(), { away })
    expect(writes()).toEqual([])
    expect(report).toMatchObject({ open: false })
  })

  it('keeps any other refusal from being taken for that', async () => {
    const last = await opened()
    for (const saying of [wanting('Something else.'), sayingOf('ok', 'So.')])
      await expect(say(saying, last, { away: 403 })).rejects.toMatchObject({ status: 403 })
  })
})

describe('a closed issue', () => {
  const closed = async () => ({ ...(await opened()), open: false })

  it('is reopened rather than doubled, though its words are the same', async () => {
    const { asked, routes, report } = await say(wanting(), await closed())
    expect(routes).toEqual([editing])
    expect(asked[0]?.parameters).toMatchObject({ issue_number: 12, state: 'open' })
    expect(report).toMatchObject({ open: true })
  })

  it.each(['ok', 'skipped', 'alarm', 'tbd'] as const)('stays closed while the control is %s', async (state) => {
    expect((await say(sayingOf(state, 'So.'), await closed())).routes).toEqual([])
  })
})

describe('an issue that was opened but not noted', () => {
  const ours = { number: 9, user: { login: author }, body: `${mark}\nold words` }

  it('is found on whatever page it stands', async () => {
    const { routes, asked } = await say(wanting(), null, { issues: [[{ number: 1, user: null, body: null }], [ours]] })
    expect(routes).toEqual([listing, editing])
    expect(asked[1]?.parameters).toMatchObject({ issue_number: 9, state: 'open' })
  })

  it.each([
    ['somebody else’s with our mark', { ...ours, user: { login: 'mallory' } }],
    ['ours of another control', { ...ours, body: '<!-- guardpost:control:3:70 -->' }],
    ['ours of another connection', { ...ours, body: '<!-- guardpost:control:30:7 -->' }],
    ['ours without words', { ...ours, body: null }],
  ])('is not taken for %s', async (_what, stranger) => {
    expect((await say(wanting(), null, { issues: [[stranger]] })).routes).toEqual([listing, making])
  })
})

it('goes to the repository that reports go to now, and says nothing of good news there', async () => {
  const elsewhere = { nodeId: 'R_other', name: 'operations' }
  const last = await opened()
  const moved = await say(wanting('Missing.', elsewhere), last)
  expect(moved.routes).toEqual([listing, making])
  expect(moved.report).toMatchObject({ repositoryNodeId: 'R_other' })
  const good = await say(sayingOf('ok', 'So.', { place: elsewhere }), last)
  expect(good.routes).toEqual([])
  expect(good.report).toBeNull()
})
