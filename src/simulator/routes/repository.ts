import { userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, noContent, type Operation, ok, onRepository } from '../http/operation.ts'
import { Refusal, validationFailed } from '../http/refusal.ts'
import type { Repository } from '../repository.ts'
import { refuseSettings, refuseVisibility } from './refuse-settings.ts'
import { securityIn, settingsIn, updateBody } from './repository-body.ts'
import { fullRepositoryFor } from './repository-for.ts'

/** GitHub: an archived repository takes no writes. */
export function refuseArchived(repository: Repository): void {
  if (repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.')
}

function checkNewName(repository: Repository, name: string): void {
  const taken = repository.organization.repositories.get(name.toLowerCase())
  if (!taken || taken === repository) return
  const message = 'name already exists on this account'
  throw validationFailed({ resource: 'Repository', code: 'custom', field: 'name', message })
}

function checkDefaultBranch(repository: Repository, branch: string): void {
  if (repository.branches.has(branch)) return
  const message = 'The branch was not found. Please push that ref first or create it via the Git Data API.'
  throw validationFailed({ resource: 'Repository', code: 'custom', field: 'default_branch', message })
}

function updateRepository(call: Call, repository: Repository) {
  const { world, actor } = call
  const body = bodyOf(call, updateBody)
  const { name, description, homepage, default_branch: defaultBranch, archived } = body
  if (archived !== false) refuseArchived(repository)
  if (name !== undefined) checkNewName(repository, name)
  if (defaultBranch !== undefined) checkDefaultBranch(repository, defaultBranch)
  const by = { sender: userOf(actor).login }
  const settings = { ...settingsIn(call.body), ...securityIn(body) }
  const visibility = body.visibility ?? (body.private === undefined ? undefined : body.private ? 'private' : 'public')
  refuseSettings(repository, settings)
  if (visibility) refuseVisibility(repository, visibility)
  if (archived === false) repository.unarchive(by)
  if (Object.keys(settings).length > 0) repository.set(settings, by)
  repository.edit({ description, homepage, defaultBranch }, by)
  if (visibility) repository.setVisibility(visibility, by)
  if (name !== undefined) repository.rename(name, by)
  if (archived) repository.archive(by)
  return ok(fullRepositoryFor(world, actor, repository))
}

const repos = (heading: string) => `repos/repos#${heading}`

export const repositoryOperations: readonly Operation[] = [
  onRepository('GET /repos/{owner}/{repo}', repos('get-a-repository'), ({ world, actor }, repository) =>
    ok(fullRepositoryFor(world, actor, repository)),
  ),
  onRepository('PATCH /repos/{owner}/{repo}', repos('update-a-repository'), updateRepository),
  onRepository('DELETE /repos/{owner}/{repo}', repos('delete-a-repository'), ({ actor }, repository) => {
    repository.delete({ sender: userOf(actor).login })
    return noContent()
  }),
]
