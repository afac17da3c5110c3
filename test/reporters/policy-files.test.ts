import { expect, it } from '@jest/globals'
import type { Plan } from '../../src/model/plan.ts'
import type { PolicyFilesNews, PolicyFilesSaying } from '../../src/model/policy-files-reporter.ts'
import { policyFilesReporter } from '../../src/reporters/policy-files.ts'
import { recordingGitHub } from '../controls/recording-github.ts'
import { author, sayingOf } from './said.ts'

const runs = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
const makingRun = 'POST /repos/{owner}/{repo}/check-runs'
const comments = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const commenting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const editing = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
const sha = 'a'.repeat(40)

const plan: Plan = {
  states: [
    {
      path: 'GitHub > Repository > Wikis',
      from: 'skipped',
      to: 'alarm',
      count: 8_214,
      examples: [
        { title: 'acme/secret|plans', isPublic: false },
        { title: 'acme/site', isPublic: true },
      ],
    },
  ],
  changes: [
    {
      path: 'GitHub > Repository > Wikis',
      field: 'hasWikiEnabled',
      before: 'true',
      after: 'false',
      count: 1,
      examples: [{ title: 'acme/secret|plans', isPublic: false }],
    },
  ],
  otherChanges: 0,
  repositories: 8_214,
  spared: 'acme/.github-private',
  judged: 10_000,
}

const saying = (news: PolicyFilesNews, more: Partial<PolicyFilesSaying> = {}): PolicyFilesSaying => ({
  connection: sayingOf('ok', '').connection,
  owner: 'acme',
  name: '.github-private',
  sha,
  pullRequest: 5,
  mayTellDetails: true,
  news,
  again: false,
  ...more,
})

async function comment(about: PolicyFilesSaying, there: readonly object[] = []) {
  const recording = recordingGitHub({
    [comments]: () => ({ pages: [there] }),
    [commenting]: () => ({ data: {} }),
    [editing]: () => ({ data: {} }),
  })
  await policyFilesReporter.comment(recording.github, author, about)
  const [, written] = recording.asked
  return { route: written?.route, body: String((written?.parameters as { body?: string })?.body) }
}

it('tells a plan in one comment: states, changes before and after, how many, which', async () => {
  const { route, body } = await comment(saying({ kind: 'plan', plan }))
  expect(route).toBe(commenting)
  expect(body.startsWith('<!-- guardpost:plan:3:5 -->\n')).toBe(true)
  expect(body).toContain(
    '**8,214 states would change, 1 change by Enforce, in 8,214 repositories** (10,000 resources judged',
  )
  expect(body).toContain(
    '| GitHub &gt; Repository &gt; Wikis | Skipped | Alarm | 8,214 | acme/secret&#124;plans, acme/site and 8,212 more |',
  )
  expect(body).toContain(
    '| GitHub &gt; Repository &gt; Wikis | hasWikiEnabled | true | false | 1 | acme/secret&#124;plans |',
  )
})

it('keeps it current: edited in place where it is ours, and left alone where nothing changed', async () => {
  const { body } = await comment(saying({ kind: 'plan', plan }))
  const others = { id: 1, user: { login: 'mona' }, body }
  const ours = { id: 2, user: { login: author }, body: `${body}, as it was` }
  expect(await comment(saying({ kind: 'plan', plan }), [others])).toMatchObject({ route: commenting })
  expect(await comment(saying({ kind: 'plan', plan }), [others, ours])).toMatchObject({ route: editing, body })
  expect(await comment(saying({ kind: 'plan', plan }), [{ ...ours, body }])).toMatchObject({ route: undefined })
  expect(await comment(saying({ kind: 'untouched' }))).toMatchObject({ route: undefined })
  const untouched = await comment(saying({ kind: 'untouched' }), [ours])
  expect(untouched.body).toContain('no longer changes policy files')
})

it('names nothing private in a public repository', async () => {
  const { body } = await comment(saying({ kind: 'plan', plan }, { mayTellDetails: false }))
  expect(body).not.toContain('secret')
  expect(body).toContain('| acme/site and 8,213 more |')
  expect(body).toContain('| 1, not named here |')
  const kept = await comment(
    saying({ kind: 'not-applied', reason: 'ruleset inner of acme is got around' }, { mayTellDetails: false }),
  )
  expect(kept.body).not.toContain('inner')
})

it('fits, however much there is', async () => {
  const one = plan.changes[0]
  if (!one) throw new Error('There is none.')
  const changes = Array.from({ length: 500 }, (_, i) => ({
    ...one,
    field: `field ${i} ${'ü@#`'.repeat(100)}`,
    before: 'ä'.repeat(500),
  }))
  const { body } = await comment(saying({ kind: 'plan', plan: { ...plan, changes } }))
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_535)
  expect(body).toContain('…and more than fits here.')
  expect(body).toContain(`Of ${sha}.`)
})

const fault = { file: 'guardpost.yml', line: 3, column: 5, message: 'There is no policy `x`. @mona' }

async function check(about: PolicyFilesSaying, there: readonly object[] = []) {
  const recording = recordingGitHub({
    [runs]: () => ({ pages: [{ total_count: there.length, check_runs: there }] }),
    [makingRun]: () => ({ data: {} }),
  })
  await policyFilesReporter.check(recording.github, author, about)
  return recording.asked[1]?.parameters as Record<string, unknown> | undefined
}

it('fails the check of a faulty commit at each line', async () => {
  const made = await check(saying({ kind: 'faulty', faults: [fault] }, { pullRequest: null }))
  expect(made).toEqual({
    owner: 'acme',
    repo: '.github-private',
    name: 'Guardpost policy files',
    head_sha: sha,
    external_id: 'guardpost:policy-files:3',
    status: 'completed',
    conclusion: 'failure',
    output: {
      title: 'A fault',
      summary: expect.stringContaining('- `guardpost.yml:3:5` There is no policy `x`. @&#8203;mona'),
      annotations: [
        { path: 'guardpost.yml', start_line: 3, end_line: 3, annotation_level: 'failure', message: fault.message },
      ],
    },
  })
  const ours = { id: 1, external_id: 'guardpost:policy-files:3', app: { slug: 'guardpost' }, ...made }
  expect(await check(saying({ kind: 'faulty', faults: [fault] }, { pullRequest: null }), [ours])).toBeUndefined()
  expect(await check(saying({ kind: 'applied' }, { pullRequest: null }), [ours])).toMatchObject({
    conclusion: 'success',
  })
})

it.each([
  [{ kind: 'plan', plan }, 'success', '8,214 states would change, 1 change by Enforce, in 8,214 repositories'],
  [{ kind: 'plan', plan: { ...plan, states: [], changes: [] } }, 'success', 'Nothing would change'],
  [{ kind: 'not-applied', reason: 'Nobody reviews.' }, 'action_required', 'Not applied'],
] as const)('concludes %j as %s', async (news, conclusion, title) => {
  expect(await check(saying(news))).toMatchObject({ name: 'Guardpost plan', conclusion, output: { title } })
})
