import type { GitHub } from '../model/github.ts'
import type { FileFault } from '../model/policy-file.ts'
import {
  checkMark,
  type PolicyFilesNews,
  type PolicyFilesReporter,
  type PolicyFilesSaying,
} from '../model/policy-files-reporter.ts'
import { isNoCommit } from './goodbye.ts'
import { cut } from './markdown.ts'
import { newsInShort, newsInWords } from './plan-words.ts'

const conclusions = {
  applied: 'success',
  'not-applied': 'action_required',
  faulty: 'failure',
  plan: 'success',
  untouched: 'neutral',
} as const satisfies Record<PolicyFilesNews['kind'], string>

/** GitHub takes 50 in one request: https://docs.github.com/rest/checks/runs#create-a-check-run */
const mostAnnotations = 50

/**
 * A check run on the commit, with a mark at each line that is wrong, and one comment in the pull request. What was said is
 * found again by its mark and by who made it.
 */
export const policyFilesReporter: PolicyFilesReporter = {
  needs: { permissions: { checks: 'write' }, why: 'to say on a commit what becomes of its policy files' },

  async check(github, author, saying) {
    const content = {
      status: 'completed' as const,
      conclusion: conclusions[saying.news.kind],
      output: { title: newsInShort(saying), summary: cut(newsInWords(saying)) },
    }
    if (!saying.again && (await isSaid(github, author, saying, content))) return
    await github.write('POST /repos/{owner}/{repo}/check-runs', {
      ...whereOf(saying),
      name: nameOf(saying),
      head_sha: saying.sha,
      external_id: markOf(saying),
      ...content,
      output: { ...content.output, annotations: annotationsOf(saying.news) },
    })
  },

  async comment(github, author, saying) {
    if (saying.pullRequest === null) return
    const where = { ...whereOf(saying), issue_number: saying.pullRequest }
    const known = await findComment(github, author, where, hidden(saying))
    if (saying.news.kind === 'untouched' && !known) return
    const head = `${hidden(saying)}\n### ${planName}\n\n`
    const foot = `\n\nOf ${saying.sha}. Guardpost edits this comment as the pull request changes.`
    const body = `${head}${cut(newsInWords(saying), longestComment - Buffer.byteLength(head + foot))}${foot}`
    if (known === null)
      await github.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...where, body })
    else if (known.body !== body)
      await github.write('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...whereOf(saying),
        comment_id: known.id,
        body,
      })
  },
}

const longestComment = 65_535

const planName = 'Guardpost plan'

const nameOf = ({ pullRequest }: PolicyFilesSaying): string =>
  pullRequest === null ? 'Guardpost policy files' : planName

const markOf = ({ connection, pullRequest }: PolicyFilesSaying): string => checkMark(connection.id, pullRequest)

const hidden = (saying: PolicyFilesSaying): string => `<!-- ${markOf(saying)} -->`

const whereOf = ({ owner, name }: PolicyFilesSaying) => ({ owner, repo: name })

/** Of runs of one name GitHub shows the newest. One that says something else is followed by another, not edited: its marks at lines would stay. */
async function isSaid(
  github: GitHub,
  author: string,
  saying: PolicyFilesSaying,
  { conclusion, output }: { conclusion: string; output: { title: string; summary: string } },
): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
  const asked = { ...whereOf(saying), ref: saying.sha, check_name: nameOf(saying) }
  try {
    for await (const page of github.pages(route, asked, (data) => data.check_runs))
      for (const run of page)
        if (run.external_id === markOf(saying) && `${run.app?.slug}[bot]` === author)
          return (
            run.conclusion === conclusion && run.output.title === output.title && run.output.summary === output.summary
          )
  } catch (error) {
    if (!isNoCommit(error)) throw error
  }
  return false
}

async function findComment(
  github: GitHub,
  author: string,
  where: { owner: string; repo: string; issue_number: number },
  mark: string,
): Promise<{ id: number; body: string } | null> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  for await (const page of github.pages(route, where, (data) => data)) {
    const ours = page.find(({ user, body }) => user?.login === author && body?.startsWith(mark))
    if (ours) return { id: Number(ours.id), body: ours.body ?? '' }
  }
  return null
}

const annotationsOf = (news: PolicyFilesNews) =>
  news.kind === 'faulty' ? news.faults.slice(0, mostAnnotations).map(annotation) : []

const annotation = ({ file, line, message }: FileFault) => ({
  path: file,
  start_line: line,
  end_line: line,
  annotation_level: 'failure' as const,
  message,
})
