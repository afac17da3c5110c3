import type { ControlRecord } from '../model/control.ts'
import type { ControlState } from '../model/control-state.ts'
import type { GitHub } from '../model/github.ts'
import type { Report } from '../model/report.ts'
import type { Reporter, Saying } from '../model/reporter.ts'
import { goodbye, untilNoCommit } from './goodbye.ts'
import { shortened } from './markdown.ts'
import { details, hashOf, headline } from './saying.ts'

const conclusions = {
  ok: 'success',
  alarm: 'failure',
  error: 'failure',
  invalid: 'action_required',
  skipped: 'skipped',
  tbd: 'neutral',
} as const satisfies Record<ControlState, string>

/** In characters. GitHub names no limit; more than this nobody reads in a list of checks. */
const longestTitle = 255

/** One check run per control and commit, on the head of the reporting repository's default branch. */
export const checkRun: Reporter = {
  kind: 'check-run',
  serves: ['app'],
  needs: {
    permissions: { checks: 'write', contents: 'read' },
    why: 'to show each control of the organization as a check run',
  },

  async report(github, author, saying, last, now) {
    const { connection, control, place } = saying
    if (!place.headSha) return null
    const content = contentOf(saying)
    const contentHash = hashOf(content)
    const isHere = last?.repositoryNodeId === place.nodeId && last.headSha === place.headSha
    if (isHere && last.contentHash === contentHash) return last
    const known = (isHere ? last.githubId : null) ?? (await find(github, author, saying, place.headSha))
    const githubId = await write(github, saying, place.headSha, known, content)
    const { nodeId: repositoryNodeId, headSha } = place
    const about = { connectionId: connection.id, controlId: control.id, kind: 'check-run' } as const
    return { ...about, repositoryNodeId, githubId, headSha, contentHash, open: true, updatedAt: now } satisfies Report
  },

  async retire(github, author, { owner, name: repo, defaultBranch: ref, controls }) {
    if (ref === null) return
    const marks = new Set(controls.map(markOf))
    const last = { conclusion: 'neutral' as const, output: { title: goodbye, summary: `${goodbye}.` } }
    const where = { owner, repo, ref, filter: 'all' as const }
    const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
    for await (const page of untilNoCommit(github.pages(route, where, (data) => data.check_runs)))
      for (const { id, external_id, app, output } of page)
        if (marks.has(external_id ?? '') && `${app?.slug}[bot]` === author && output.title !== goodbye)
          await github.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
            owner,
            repo,
            check_run_id: Number(id),
            status: 'completed',
            ...last,
          })
  },
}

type Content = ReturnType<typeof contentOf>

function contentOf(saying: Saying) {
  const { control, page } = saying
  return {
    status: 'completed' as const,
    conclusion: conclusions[control.state],
    ...(page && { details_url: page }),
    output: { title: shortened(headline(saying), longestTitle), summary: details(saying) },
  }
}

const markOf = ({ id }: Pick<ControlRecord, 'id'>): string => `guardpost:control:${id}`

/** Ours from a run that ended before it could be noted: made by this App, bearing the control's mark. */
async function find(github: GitHub, author: string, saying: Saying, ref: string): Promise<number | null> {
  const { place, type } = saying
  const pages = github.pages(
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    { owner: place.owner, repo: place.name, ref, check_name: type.path, filter: 'all' },
    (data) => data.check_runs,
  )
  for await (const page of pages) {
    const ours = page.find(
      ({ external_id, app }) => external_id === markOf(saying.control) && `${app?.slug}[bot]` === author,
    )
    if (ours) return Number(ours.id)
  }
  return null
}

async function write(
  github: GitHub,
  saying: Saying,
  headSha: string,
  known: number | null,
  content: Content,
): Promise<number> {
  const { place, type } = saying
  const where = { owner: place.owner, repo: place.name }
  if (known !== null) {
    await github.write('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...where,
      check_run_id: known,
      ...content,
    })
    return known
  }
  const made = await github.write('POST /repos/{owner}/{repo}/check-runs', {
    ...where,
    name: type.path,
    head_sha: headSha,
    external_id: markOf(saying.control),
    ...content,
  })
  return Number(made.data.id)
}
