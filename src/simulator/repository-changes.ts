import { auditOf } from './audit-log.ts'
import { type By, senderOf } from './by.ts'
import { claimName } from './claim-name.ts'
import { emit } from './emit.ts'
import type { Organization } from './organization.ts'
import { organizationObject, userObject } from './payloads/account.ts'
import { fullName, repositoryMention, securityAndAnalysis } from './payloads/repository.ts'
import type { Repository, RepositoryEdit, Visibility } from './repository.ts'
import type { RepositorySettings } from './repository-settings.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import { installationsOn, type World } from './world.ts'

/** Leaves the present name; whoever asks by it is sent on. */
function leaveName(world: World, repository: Repository): void {
  repository.organization.repositories.delete(repository.name.toLowerCase())
  world.redirects.set(fullName(repository).toLowerCase(), repository.id)
}

export function rename(world: World, repository: Repository, name: string, by?: By): void {
  const from = repository.name
  if (name === from) return
  if (name.toLowerCase() !== from.toLowerCase() && repository.organization.repositories.has(name.toLowerCase())) {
    throw new Error(`${repository.organization.login}/${name} exists already.`)
  }
  leaveName(world, repository)
  repository.name = name
  claimName(world, repository.organization, repository)
  const says = { changes: { repository: { name: { from } } } }
  tell(world, repository, by, { event: 'repository', action: 'renamed', says })
}

/** The new owner is told of the transfer; the former one's Apps only that the repository is out of their reach. */
export function transfer(world: World, repository: Repository, to: Organization, by?: By): void {
  const from = repository.organization
  if (to.repositories.has(repository.name.toLowerCase()))
    throw new Error(`${to.login} has a ${repository.name} already.`)
  const losers = installationsOn(world, from).filter((installation) => installation.covers(repository))
  const removed = repositoryMention(repository)
  leaveName(world, repository)
  repository.organization = to
  claimName(world, to, repository)
  for (const installation of losers) installation.lose(repository, removed, by)
  const says = { changes: { owner: { from: { organization: organizationObject(world.urls, from) } } } }
  tell(world, repository, by, { event: 'repository', action: 'transferred', says })
}

export function setVisibility(world: World, repository: Repository, visibility: Visibility, by?: By): void {
  const was = repository.visibility
  if (visibility === was) return
  repository.visibility = visibility
  if (visibility === 'public') {
    tell(world, repository, by, { event: 'repository', action: 'publicized' })
    tell(world, repository, by, { event: 'public' })
  } else {
    tell(world, repository, by, { event: 'repository', action: 'privatized' })
  }
}

export function setArchived(world: World, repository: Repository, archived: boolean, by?: By): void {
  if (repository.archived === archived) return
  repository.archived = archived
  tell(world, repository, by, { event: 'repository', action: archived ? 'archived' : 'unarchived' })
}

/** Ends its redirects too: a deleted repository is found under no name. */
export function remove(world: World, repository: Repository, by?: By): void {
  const { organization } = repository
  const sender = senderOf(world, organization, by)
  organization.repositories.delete(repository.name.toLowerCase())
  world.repositories.delete(repository.id)
  world.nodes.delete(repository.nodeId)
  world.history.repository(repository, 'gone')
  for (const [name, id] of world.redirects) if (id === repository.id) world.redirects.delete(name)
  void emit(world, { event: 'repository', action: 'deleted', organization, repository, sender })
}

/** One `edited` event that names every changed field with its former value. */
export function edit(world: World, repository: Repository, change: RepositoryEdit, by?: By): void {
  const { description, homepage, defaultBranch, topics } = change
  const changes: Record<string, { from: unknown }> = {}
  if (description !== undefined && description !== repository.description) {
    changes.description = { from: repository.description }
    repository.description = description
  }
  if (homepage !== undefined && homepage !== repository.homepage) {
    changes.homepage = { from: repository.homepage }
    repository.homepage = homepage
  }
  if (defaultBranch !== undefined && defaultBranch !== repository.defaultBranch) {
    changes.default_branch = { from: repository.defaultBranch }
    changeDefaultBranch(repository, defaultBranch)
  }
  if (topics !== undefined && topics.join() !== repository.topics.join()) {
    changes.topics = { from: [...repository.topics] }
    repository.topics = [...topics]
  }
  if (Object.keys(changes).length === 0) return
  tell(world, repository, by, { event: 'repository', action: 'edited', says: { changes } })
}

/** What is noted of the Actions policy has names of its own; of the rest one stands for all here. */
function auditedActions(change: Partial<RepositorySettings>): ReadonlySet<string> {
  const names: Readonly<Partial<Record<keyof RepositorySettings, string>>> = {
    actionsEnabled: 'repo.update_actions_settings',
    defaultWorkflowPermissions: 'repo.set_default_workflow_permissions',
    canApprovePullRequestReviews: 'repo.set_workflow_permission_can_approve_pr',
  }
  const settings = Object.keys(change) as (keyof RepositorySettings)[]
  return new Set(settings.map((setting) => names[setting] ?? 'repo.change_merge_setting'))
}

/** The event carries what the features were before (https://docs.github.com/webhooks/webhook-events-and-payloads#security_and_analysis). */
export function setSettings(world: World, repository: Repository, change: Partial<RepositorySettings>, by?: By): void {
  const from = securityAndAnalysis(repository)
  Object.assign(repository.settings, change)
  for (const action of auditedActions(change)) auditOf(world, repository, action, by)
  repository.updatedAt = wholeSecond(world.now())
  world.history.repository(repository)
  if (JSON.stringify(from) !== JSON.stringify(securityAndAnalysis(repository)))
    tell(world, repository, by, { event: 'security_and_analysis', says: { changes: { from } } })
}

/** Of the default branch GitHub tells as of any other choice of it. */
export function renameBranch(world: World, repository: Repository, from: string, to: string, by?: By): void {
  const sha = repository.branches.get(from)
  if (sha === undefined) throw new Error(`${fullName(repository)} has no branch ${from}.`)
  repository.branches.set(to, sha)
  if (repository.defaultBranch === from) edit(world, repository, { defaultBranch: to }, by)
  repository.branches.delete(from)
}

/** A branch that is not there yet starts where the former default branch stands. */
function changeDefaultBranch(repository: Repository, name: string): void {
  const head = repository.branches.get(repository.defaultBranch)
  if (head && !repository.branches.has(name)) repository.branches.set(name, head)
  repository.defaultBranch = name
}

/** Who is added without being a member of the organization is an outside collaborator. */
export function changeCollaborator(
  world: World,
  repository: Repository,
  user: User,
  action: 'added' | 'removed',
  by?: By,
): void {
  if (action === 'added') repository.collaborators.add(user)
  else repository.collaborators.delete(user)
  const { organization } = repository
  const says = { member: userObject(world.urls, user) }
  void emit(world, {
    event: 'member',
    action,
    organization,
    repository,
    sender: senderOf(world, organization, by),
    says,
  })
}
