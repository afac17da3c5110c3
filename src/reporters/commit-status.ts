import type { ControlState } from '../model/control-state.ts'
import type { GitHub } from '../model/github.ts'
import type { Report } from '../model/report.ts'
import type { Reporter, Saying } from '../model/reporter.ts'
import { goodbye, isNoCommit } from './goodbye.ts'
import { shortened } from './markdown.ts'
import { hashOf, headline } from './saying.ts'

const states = {
  ok: 'success',
  alarm: 'failure',
  error: 'error',
  invalid: 'error',
  skipped: 'success',
  tbd: 'pending',
} as const satisfies Record<ControlState, string>

/** In characters. GitHub refuses a longer one: “description is too long (maximum is 140 characters)”. */
const longest = 140

/**
 * For tokens, which cannot make check runs: one commit status per control, on the head of the reporting repository's
 * default branch. A status cannot be edited, and a commit takes 1,000 of one context: the newest one counts.
 */
export const commitStatus: Reporter = {
  kind: 'commit-status',
  serves: ['token'],
  needs: {
    permissions: { statuses: 'write', contents: 'read' },
    why: 'to show each control of the organization as a commit status',
  },

  async report(github, author, saying, last, now) {
    const { connection, control, place } = saying
    const { nodeId: repositoryNodeId, headSha } = place
    if (!headSha) return null
    const content = contentOf(saying)
    const contentHash = hashOf(content)
    const isHere = last?.repositoryNodeId === repositoryNodeId && last.headSha === headSha
    if (isHere && last.contentHash === contentHash) return last
    const said = await newest(github, author, saying, headSha)
    const githubId = said && isSame(said, content) ? said.id : await write(github, saying, headSha, content)
    const about = { connectionId: connection.id, controlId: control.id, kind: 'commit-status' } as const
    return { ...about, repositoryNodeId, githubId, headSha, contentHash, open: true, updatedAt: now } satisfies Report
  },

  /** A status cannot be taken back, and one that failed or waits would hold up whoever merges: the last one succeeds. */
  async retire(github, author, { owner, name: repo, defaultBranch, controls }) {
    const sha = defaultBranch && (await headOf(github, { owner, repo }, defaultBranch))
    if (!sha) return
    const contexts = new Set(controls.map(({ path }) => path.toLowerCase()))
    const route = 'GET /repos/{owner}/{repo}/commits/{ref}/statuses'
    for await (const page of github.pages(route, { owner, repo, ref: sha }, (data) => data))
      for (const { context, creator, description } of page) {
        // Newest first: of each context the first one counts.
        if (!contexts.delete(context.toLowerCase()) || creator?.login !== author || description === goodbye) continue
        const said = { state: 'success', description: goodbye } as const
        await github.write('POST /repos/{owner}/{repo}/statuses/{sha}', { owner, repo, sha, context, ...said })
      }
  },
}

async function headOf(github: GitHub, where: { owner: string; repo: string }, branch: string): Promise<string | null> {
  try {
    const { data } = await github.get('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...where, ref: `heads/${branch}` })
    return data.object.sha
  } catch (error) {
    if (isNoCommit(error)) return null
    throw error
  }
}

type Content = ReturnType<typeof contentOf>

function contentOf(saying: Saying) {
  const { control, page } = saying
  return { state: states[control.state], description: shortened(headline(saying), longest), target_url: page }
}

interface Said {
  readonly id: number
  readonly state: string
  readonly description: string | null
  readonly target_url: string | null
}

const isSame = (said: Said, { state, description, target_url }: Content): boolean =>
  said.state === state && said.description === description && (said.target_url || null) === target_url

/** What we last said of this control on this commit, perhaps in a run that ended before it could be noted. */
async function newest(github: GitHub, author: string, { place, type }: Saying, ref: string): Promise<Said | null> {
  const where = { owner: place.owner, repo: place.name, ref }
  const pages = github.pages('GET /repos/{owner}/{repo}/commits/{ref}/statuses', where, (data) => data)
  for await (const page of pages) {
    // Newest first; GitHub takes no notice of the case of a context.
    const ours = page.find(
      ({ creator, context }) => creator?.login === author && context.toLowerCase() === type.path.toLowerCase(),
    )
    if (ours) return ours
  }
  return null
}

async function write(github: GitHub, { place, type }: Saying, sha: string, content: Content): Promise<number> {
  const { target_url, ...said } = content
  const { data } = await github.write('POST /repos/{owner}/{repo}/statuses/{sha}', {
    owner: place.owner,
    repo: place.name,
    sha,
    context: type.path,
    ...said,
    ...(target_url && { target_url }),
  })
  return data.id
}
