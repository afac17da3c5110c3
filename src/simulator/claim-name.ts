import type { Organization } from './organization.ts'
import type { Repository } from './repository.ts'
import type { World } from './world.ts'

/** A name belongs to the newest repository that took it: the redirect of an older one ends. */
export function claimName(world: World, organization: Organization, repository: Repository): void {
  const key = repository.name.toLowerCase()
  if (organization.repositories.has(key)) throw new Error(`${organization.login}/${repository.name} exists already.`)
  organization.repositories.set(key, repository)
  world.redirects.delete(`${organization.login}/${repository.name}`.toLowerCase())
}
