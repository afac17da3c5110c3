import { type Actor, levelIn, roleIn } from '../http/actor.ts'
import { organizationAsAccount } from '../payloads/account.ts'
import { mergeSettings, repositoryObject, securityAndAnalysis } from '../payloads/repository.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import type { World } from '../world.ts'

/** Whether REST shows the caller how pull requests are merged: `contents: write` or administration. */
function seesMergeSettings(actor: Actor, repository: Repository): boolean {
  if (actor.kind === 'classic') return reaches(levelIn(actor, repository, 'contents'), 'write')
  return (
    reaches(levelIn(actor, repository, 'contents'), 'write') ||
    reaches(levelIn(actor, repository, 'administration'), 'read')
  )
}

function administers(actor: Actor, repository: Repository): boolean {
  if (actor.kind === 'classic') return levelIn(actor, repository, 'administration') === 'admin'
  return reaches(levelIn(actor, repository, 'administration'), 'read')
}

/** What the caller may do as a person; an installation is none. */
function personal(actor: Actor, repository: Repository) {
  if (actor.kind === 'anonymous' || actor.kind === 'app') return {}
  const role = actor.kind === 'installation' ? undefined : roleIn(actor.user, repository)
  const admin = role === 'admin'
  const push = reaches(role, 'write')
  return { permissions: { admin, maintain: admin, push, triage: push, pull: reaches(role, 'read') } }
}

/** A repository as it stands in a list for this caller. */
export const repositoryFor = (world: World, actor: Actor, repository: Repository) => ({
  ...repositoryObject(world.urls, repository),
  ...personal(actor, repository),
  ...(administers(actor, repository) && securityAndAnalysis(repository)),
})

/** A repository by itself: the only place where merge settings are shown. */
export const fullRepositoryFor = (world: World, actor: Actor, repository: Repository) => ({
  ...repositoryFor(world, actor, repository),
  ...(seesMergeSettings(actor, repository) && mergeSettings(repository)),
  temp_clone_token: null,
  template_repository: null,
  organization: organizationAsAccount(world.urls, repository.organization),
  network_count: 0,
  subscribers_count: 0,
})
