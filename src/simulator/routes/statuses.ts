import { z } from 'zod'
import type { CommitStatus } from '../commit-status.ts'
import { userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, type Operation, ok, onRepository } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { Refusal } from '../http/refusal.ts'
import { nodeId } from '../node-id.ts'
import { userObject } from '../payloads/account.ts'
import { fullName } from '../payloads/repository.ts'
import type { Repository } from '../repository.ts'
import { timestamp, wholeSecond } from '../timestamp.ts'
import type { World } from '../world.ts'
import { commitOr422 } from './git.ts'
import { refuseArchived } from './repository.ts'
import { repositoryFor } from './repository-for.ts'

const body = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().default('default'),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
})

function statusObject(world: World, repository: Repository, status: CommitStatus) {
  const creator = userObject(world.urls, status.creator)
  return {
    url: `${world.urls.api}/repos/${fullName(repository)}/statuses/${status.sha}`,
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt),
    creator,
  }
}

function create(call: Call, repository: Repository) {
  refuseArchived(repository)
  const { world, actor, params } = call
  const { state, context, description, target_url } = bodyOf(call, body)
  const sha = params.sha ?? ''
  if (!repository.commits.has(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const id = world.newId()
  const status: CommitStatus = {
    id,
    nodeId: nodeId('SC', repository.id, id),
    sha,
    state,
    context,
    description: description ?? null,
    targetUrl: target_url ?? null,
    creator: userOf(actor),
    createdAt: wholeSecond(world.now()),
  }
  repository.statuses.push(status)
  return created(statusObject(world, repository, status))
}

const onCommit = (repository: Repository, ref: string): CommitStatus[] => {
  const { sha } = commitOr422(repository, ref)
  return repository.statuses.filter((status) => status.sha === sha).toReversed()
}

function list(call: Call, repository: Repository) {
  const { page, headers } = paginate(call, onCommit(repository, call.params.ref ?? ''))
  return { status: 200, body: page.map((status) => statusObject(call.world, repository, status)), headers }
}

/** The newest status of each context, and the worst of them for all. */
function combined(call: Call, repository: Repository) {
  const { world, actor, params } = call
  const { sha } = commitOr422(repository, params.ref ?? '')
  const oldestFirst = onCommit(repository, sha).toReversed()
  const latest = [...new Map(oldestFirst.map((status) => [status.context, status])).values()]
  const states = latest.map(({ state }) => state)
  const failed = states.includes('failure') || states.includes('error')
  const state = failed ? 'failure' : states.length === 0 || states.includes('pending') ? 'pending' : 'success'
  const url = `${world.urls.api}/repos/${fullName(repository)}/commits/${sha}`
  return ok({
    state,
    statuses: latest.map((status) => statusObject(world, repository, status)),
    sha,
    total_count: latest.length,
    repository: repositoryFor(world, actor, repository),
    commit_url: url,
    url: `${url}/status`,
  })
}

const statuses = (heading: string) => `commits/statuses#${heading}`

export const statusOperations: readonly Operation[] = [
  onRepository('POST /repos/{owner}/{repo}/statuses/{sha}', statuses('create-a-commit-status'), create),
  onRepository(
    'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
    statuses('list-commit-statuses-for-a-reference'),
    list,
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/commits/{ref}/status',
    statuses('get-the-combined-status-for-a-specific-reference'),
    combined,
  ),
]
