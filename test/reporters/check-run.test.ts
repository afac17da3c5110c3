import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.ts'
import type { Saying } from '../../src/model/reporter.ts'
import { checkRun } from '../../src/reporters/check-run.ts'
import { recordingGitHub, refused } from '../controls/recording-github.ts'
import { author, now, sayingOf } from './said.ts'

const listing = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
const making = 'POST /repos/{owner}/{repo}/check-runs'
const editing = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
const head = 'aa218f56b14c9653891f9e74264a383fa43fefbd'

/** Check runs of a commit as GitHub lists them, in pages. */
async function say(saying: Saying, last: Report | null = null, pages: readonly (readonly object[])[] = [[]]) {
  const recording = recordingGitHub({
    [listing]: () => ({ pages: pages.map((check_runs) => ({ total_count: check_runs.length, check_runs })) }),
    [making]: () => ({ data: { id: 42 } }),
    [editing]: () => ({ data: { id: 0 } }),
  })
  const report = await checkRun.report(recording.github, author, saying, last, now)
  return { report, ...recording }
}

const ours = { id: 41, external_id: 'guardpost:control:7', app: { slug: 'guardpost' } }

it.each([
  ['ok', 'success', 'OK'],
  ['alarm', 'failure', 'Alarm'],
  ['error', 'failure', 'Error'],
  ['invalid', 'action_required', 'Invalid'],
  ['skipped', 'skipped', 'Skipped'],
  ['tbd', 'neutral', 'TBD'],
] as const)('concludes %s as %s', async (state, conclusion, word) => {
  const { asked, report } = await say(sayingOf(state, 'So it is.', { page: 'https://guardpost.example/controls/7' }))
  expect(asked.map(({ route }) => route)).toEqual([listing, making])
  expect(asked[1]?.parameters).toEqual({
    owner: 'acme',
    repo: '.github-private',
    name: 'GitHub > Organization > Event Handlers',
    head_sha: head,
    external_id: 'guardpost:control:7',
    status: 'completed',
    conclusion,
    details_url: 'https://guardpost.example/controls/7',
    output: { title: `${word}: So it is.`, summary: expect.stringContaining(`**${word}**: So it is.`) },
  })
  expect(report).toEqual({
    connectionId: 3,
    controlId: 7,
    kind: 'check-run',
    repositoryNodeId: 'R_private',
    githubId: 42,
    headSha: head,
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    open: true,
    updatedAt: now,
  })
})

it('sends no address where we have none, and no title longer than a line, nor one cut within a character', async () => {
  const { asked } = await say(sayingOf('ok', '😀'.repeat(300)))
  expect(asked[1]?.parameters).not.toHaveProperty('details_url')
  expect(asked[1]?.parameters.output).toMatchObject({ title: `OK: ${'😀'.repeat(250)}…` })
})

describe('said before', () => {
  it('writes nothing where nothing changed, and edits it in place where something did', async () => {
    const { report: last } = await say(sayingOf('ok', 'So it is.'))
    const again = await say(sayingOf('ok', 'So it is.'), last)
    expect(again.asked).toEqual([])
    expect(again.report).toBe(last)
    const edited = await say(sayingOf('alarm', 'No more.'), last)
    expect(edited.asked).toMatchObject([{ route: editing, parameters: { check_run_id: 42, conclusion: 'failure' } }])
    expect(edited.report).toMatchObject({ githubId: 42 })
  })

  it.each([
    ['to a new head', { headSha: 'b'.repeat(40) }],
    ['to another repository', { nodeId: 'R_other', name: 'operations' }],
  ])('moves %s', async (_where, place) => {
    const { report: last } = await say(sayingOf('ok', 'So it is.'))
    const moved = await say(sayingOf('ok', 'So it is.', { place }), last)
    expect(moved.writes()).toEqual([making])
  })
})

describe('said before, but not noted', () => {
  it('is found on whatever page it stands, and edited', async () => {
    const strangers = Array.from({ length: 100 }, (_, id) => ({ id, external_id: '', app: { slug: 'ci' } }))
    const { asked, report } = await say(sayingOf('ok', 'So it is.'), null, [strangers, [ours]])
    expect(asked[0]?.parameters).toEqual({
      owner: 'acme',
      repo: '.github-private',
      ref: head,
      check_name: 'GitHub > Organization > Event Handlers',
      filter: 'all',
    })
    expect(asked[1]).toMatchObject({ route: editing, parameters: { check_run_id: 41 } })
    expect(report).toMatchObject({ githubId: 41 })
  })

  it.each([
    ['bears our mark but is another App’s', { ...ours, app: { slug: 'ci' } }],
    ['bears our mark but is nobody’s', { ...ours, app: null }],
    ['is ours but of another control', { ...ours, external_id: 'guardpost:control:70' }],
    ['is ours but without a mark', { ...ours, external_id: null }],
  ])('is not taken for what %s', async (_what, stranger) => {
    expect((await say(sayingOf('ok', 'So it is.'), null, [[stranger]])).writes()).toEqual([making])
  })
})

it('says nothing on an empty repository', async () => {
  const { asked, report } = await say(sayingOf('ok', 'So it is.', { place: { headSha: null, defaultBranch: null } }))
  expect(asked).toEqual([])
  expect(report).toBeNull()
})

it('keeps no word of a public report from being the state alone', async () => {
  const { asked } = await say(sayingOf('error', 'secret', { place: { mayTellDetails: false } }))
  expect(JSON.stringify(asked)).not.toContain('secret')
})

it('passes a refusal on', async () => {
  const { github } = recordingGitHub({
    [listing]: () => {
      throw refused(403)
    },
  })
  await expect(checkRun.report(github, author, sayingOf('ok', 'So.'), null, now)).rejects.toMatchObject({ status: 403 })
})
