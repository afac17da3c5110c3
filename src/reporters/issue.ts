import type { Connection } from '../model/connection.ts'
import { stateLabel } from '../model/control-state.ts'
import { type GitHub, Refusal } from '../model/github.ts'
import { isKnown, type KnownReport, type Report } from '../model/report.ts'
import type { Reporter, Saying } from '../model/reporter.ts'
import { goodbye } from './goodbye.ts'
import { cut, plain } from './markdown.ts'
import { details, hashOf } from './saying.ts'

/**
 * One issue per control, opened where a person has something to mend on GitHub (a permission, a suspension), edited in
 * place, closed with a word when the control is OK again, and reopened rather than doubled.
 */
export const issue: Reporter = {
  kind: 'issue',
  serves: ['app', 'token'],
  needs: { permissions: { issues: 'write' }, why: 'to open an issue where a person has something to mend' },

  async report(github, author, saying, last, now) {
    const { state } = saying.control
    if (state === 'tbd') return last
    const here = last?.repositoryNodeId === saying.place.nodeId ? await known(github, author, saying, last) : null
    if (state === 'ok' || state === 'skipped') return here?.open ? close(github, author, saying, here, now) : here
    if (!here?.open && !asksForAPerson(saying)) return here

    const content = { title: titleOf(saying), body: bodyOf(saying) }
    if (here?.open && here.contentHash === hashOf(content)) return here
    const number = here?.githubId ?? (await find(github, author, saying))
    const githubId = await write(github, saying, number, content)
    return reportOf(saying, { githubId, contentHash: hashOf(content), open: true, updatedAt: now })
  },

  async retire(github, author, { connection, owner, name: repo }) {
    const word = `<!-- guardpost:removed -->\n${goodbye}.`
    for (const issue_number of await openOurs(github, author, connection, { owner, repo })) {
      const where = { owner, repo, issue_number }
      if (!(await isSaid(github, author, where, word)))
        await github.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...where, body: word })
      await github.write('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...where,
        state: 'closed',
        state_reason: 'not_planned',
      })
    }
  },
}

interface Where {
  readonly owner: string
  readonly repo: string
}

/** All that the connection has open there, whatever control it is of. */
async function openOurs(github: GitHub, author: string, { id }: Connection, where: Where): Promise<number[]> {
  const route = 'GET /repos/{owner}/{repo}/issues'
  const ours: number[] = []
  try {
    for await (const page of github.pages(route, { ...where, creator: author, state: 'open' }, (data) => data))
      for (const { number, user, body } of page)
        if (user?.login === author && body?.includes(`<!-- guardpost:control:${id}:`)) ours.push(number)
  } catch (error) {
    // Issues may have been switched off since.
    if (!(error instanceof Refusal) || error.status !== 410) throw error
  }
  return ours
}

async function isSaid(
  github: GitHub,
  author: string,
  where: Where & { issue_number: number },
  word: string,
): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  for await (const page of github.pages(route, where, (data) => data))
    if (page.some(({ user, body }) => user?.login === author && body === word)) return true
  return false
}

const asksForAPerson = ({ control, run }: Saying): boolean =>
  control.state === 'error' && run.verdict.diagnoses.some(({ remedy }) => remedy !== undefined)

const mark = ({ control, connection }: Saying): string => `<!-- guardpost:control:${connection.id}:${control.id} -->`

const titleOf = ({ type, control }: Saying): string => `${type.path}: ${stateLabel[control.state]}`

function bodyOf(saying: Saying): string {
  const { type, place } = saying
  const why = place.mayTellDetails ? `\n\n**Why it matters.** ${plain(type.risk)}` : ''
  const head = `${mark(saying)}\n`
  const foot = `${why}\n\nGuardpost edits this issue as things change, and closes it when the control is OK.`
  return `${head}${cut(details(saying), 65_535 - Buffer.byteLength(head + foot))}${foot}`
}

function reportOf(
  { connection, control, place }: Saying,
  rest: Pick<Report, 'githubId' | 'contentHash' | 'open' | 'updatedAt'>,
): Report {
  const about = { connectionId: connection.id, controlId: control.id, kind: 'issue' } as const
  return { ...about, repositoryNodeId: place.nodeId, headSha: null, ...rest }
}

const repositoryOf = ({ place }: Saying) => ({ owner: place.owner, repo: place.name })

/** With the number of an issue that was begun, if it was made. */
async function known(github: GitHub, author: string, saying: Saying, last: Report): Promise<KnownReport | null> {
  if (isKnown(last)) return last
  const githubId = await find(github, author, saying)
  return githubId === null ? null : { ...last, githubId }
}

/** Ours from a run that ended before it could be noted: written by us, bearing the control's mark. */
async function find(github: GitHub, author: string, saying: Saying): Promise<number | null> {
  const pages = github.pages(
    'GET /repos/{owner}/{repo}/issues',
    { ...repositoryOf(saying), creator: author, state: 'all' },
    (data) => data,
  )
  for await (const page of pages) {
    const ours = page.find(({ user, body }) => user?.login === author && body?.includes(mark(saying)))
    if (ours) return ours.number
  }
  return null
}

type Content = { title: string; body: string }

/** Deleted (410; 404 where that is all we may know), or moved to another repository (301). */
const isAway = (error: unknown): boolean => error instanceof Refusal && [301, 404, 410].includes(error.status ?? 0)

/** An issue that is away cannot be edited: another is made. */
async function write(github: GitHub, saying: Saying, number: number | null, content: Content): Promise<number> {
  const where = repositoryOf(saying)
  if (number !== null) {
    try {
      await github.write('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...where,
        issue_number: number,
        state: 'open',
        ...content,
      })
      return number
    } catch (error) {
      if (!isAway(error)) throw error
    }
  }
  const made = await github.write('POST /repos/{owner}/{repo}/issues', { ...where, ...content })
  return made.data.number
}

/** An issue that is away needs no closing. */
async function close(github: GitHub, author: string, saying: Saying, last: KnownReport, now: number): Promise<Report> {
  try {
    await closeThere(github, author, saying, last)
  } catch (error) {
    if (!isAway(error)) throw error
  }
  return { ...last, open: false, updatedAt: now }
}

async function closeThere(github: GitHub, author: string, saying: Saying, last: KnownReport): Promise<void> {
  const where = { ...repositoryOf(saying), issue_number: last.githubId }
  const { state } = saying.control
  const news = state === 'ok' ? 'OK again' : stateLabel[state]
  const word = `<!-- guardpost:closed:${last.updatedAt} -->\nThe control is ${news}.`
  const { data } = await github.get('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...where,
    since: new Date(last.updatedAt).toISOString(),
    per_page: 100,
  })
  const isSaid = data.some(({ user, body }) => user?.login === author && body === word)
  if (!isSaid) await github.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...where, body: word })
  await github.write('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...where,
    state: 'closed',
    state_reason: 'completed',
  })
}
