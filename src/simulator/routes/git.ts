import { z } from 'zod'
import type { Commit } from '../git.ts'
import { userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, type Operation, ok, onRepository } from '../http/operation.ts'
import { notFound, Refusal, validationFailed } from '../http/refusal.ts'
import { nodeId } from '../node-id.ts'
import { userObject } from '../payloads/account.ts'
import { fullName } from '../payloads/repository.ts'
import type { Repository } from '../repository.ts'
import { timestamp } from '../timestamp.ts'
import type { World } from '../world.ts'
import { refuseArchived } from './repository.ts'

/** The commit that a SHA, a branch, `heads/…` or `refs/heads/…` names. */
export function resolveCommit(repository: Repository, ref: string): Commit | undefined {
  const branch = ref.replace(/^(refs\/)?heads\//, '')
  return repository.commits.get(ref) ?? repository.commits.get(repository.branches.get(branch) ?? '')
}

/** The commit, or GitHub's refusal: an empty repository is a conflict, an unknown ref a validation error. */
export function commitOr422(repository: Repository, ref: string): Commit {
  if (repository.commits.size === 0) throw new Refusal(409, 'Git Repository is empty.')
  const commit = resolveCommit(repository, ref)
  if (!commit) throw new Refusal(422, `No commit found for SHA: ${ref}`)
  return commit
}

function commitObject(world: World, repository: Repository, commit: Commit) {
  const url = `${world.urls.api}/repos/${fullName(repository)}`
  const web = `${world.urls.html}/${fullName(repository)}/commit`
  const { login } = commit.author
  const person = { name: login, email: `${login}@users.noreply.github.example`, date: timestamp(commit.date) }
  const author = userObject(world.urls, commit.author)
  const at = (sha: string) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${web}/${sha}` })
  return {
    ...at(commit.sha),
    node_id: nodeId('C', repository.id),
    commit: {
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author,
    committer: author,
    parents: commit.parents.map(at),
  }
}

function branchObject(world: World, repository: Repository, branch: string) {
  const commit = repository.commits.get(repository.branches.get(branch) ?? '')
  if (!commit) throw new Refusal(404, 'Branch not found')
  const url = `${world.urls.api}/repos/${fullName(repository)}/branches/${branch}`
  return {
    name: branch,
    commit: commitObject(world, repository, commit),
    _links: { self: url, html: `${world.urls.html}/${fullName(repository)}/tree/${branch}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${url}/protection`,
  }
}

const renaming = z.object({ new_name: z.string() })

/** https://docs.github.com/rest/branches/branches#rename-a-branch */
function renameBranch(call: Call, repository: Repository) {
  const { branch = '' } = call.params
  const { new_name: name } = bodyOf(call, renaming)
  refuseArchived(repository)
  if (!repository.branches.has(branch)) throw new Refusal(404, 'Branch not found')
  if (repository.branches.has(name))
    throw validationFailed({ resource: 'Branch', code: 'already_exists', field: 'name' })
  repository.renameBranch(branch, name, { sender: userOf(call.actor).login })
  return created(branchObject(call.world, repository, name))
}

export const gitOperations: readonly Operation[] = [
  onRepository(
    'POST /repos/{owner}/{repo}/branches/{branch}/rename',
    'branches/branches#rename-a-branch',
    renameBranch,
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/branches/{branch}',
    'branches/branches#get-a-branch',
    ({ world, params: { branch = '' } }, repository) => {
      return ok(branchObject(world, repository, branch))
    },
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/commits/{ref}',
    'commits/commits#get-a-commit',
    ({ world, params: { ref = '' } }, repository) => {
      const commit = commitObject(world, repository, commitOr422(repository, ref))
      return ok({ ...commit, stats: { total: 0, additions: 0, deletions: 0 }, files: [] })
    },
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/git/ref/{ref}',
    'git/refs#get-a-reference',
    ({ world, params: { ref = '' } }, repository) => {
      if (repository.commits.size === 0) throw new Refusal(409, 'Git Repository is empty.')
      const sha = ref.startsWith('heads/') ? repository.branches.get(ref.slice('heads/'.length)) : undefined
      if (!sha) throw notFound()
      const url = `${world.urls.api}/repos/${fullName(repository)}/git`
      return ok({
        ref: `refs/${ref}`,
        node_id: nodeId('REF', repository.id),
        url: `${url}/refs/${ref}`,
        object: { sha, type: 'commit', url: `${url}/commits/${sha}` },
      })
    },
  ),
]
