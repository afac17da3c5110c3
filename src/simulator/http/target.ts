import type { Organization } from '../organization.ts'
import type { Repository } from '../repository.ts'
import { organizationNamed, repositoryNamed, type World } from '../world.ts'
import { type Actor, maySee } from './actor.ts'
import { notFound, Refusal } from './refusal.ts'

export interface Found {
  readonly organization?: Organization | undefined
  readonly repository?: Repository | undefined
}

const followRedirects = '/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects'

/** Sends a caller who knows a repository by a former name on to its id, as long as it may see the repository. */
function moved(world: World, repository: Repository, method: string, path: string): Refusal {
  const below = path.split('/').slice(4).join('/')
  const url = `${world.urls.api}/repositories/${repository.id}${below && `/${below}`}`
  const body = { url, documentation_url: world.urls.docs + followRedirects }
  const [status, message] =
    method === 'GET' ? ([301, 'Moved Permanently'] as const) : ([307, 'Temporary Redirect'] as const)
  return new Refusal(status, message, { body, headers: { Location: url } })
}

/** What `/orgs/{org}` or `/repos/{owner}/{repo}` of a path names; throws 404 or a redirect. */
export function findTarget(
  world: World,
  actor: Actor,
  { method, path, params }: { method: string; path: string; params: Readonly<Record<string, string>> },
): Found {
  if (params.org !== undefined) {
    const organization = organizationNamed(world, params.org)
    if (!organization) throw notFound()
    return { organization }
  }
  if (params.owner === undefined || params.repo === undefined) return {}
  const repository = repositoryNamed(world, params.owner, params.repo)
  if (repository) {
    if (!maySee(actor, repository)) throw notFound()
    return { organization: repository.organization, repository }
  }
  const former = world.repositories.get(world.redirects.get(`${params.owner}/${params.repo}`.toLowerCase()) ?? 0)
  if (!former || !maySee(actor, former)) throw notFound()
  throw moved(world, former, method, path)
}

/** `/repositories/{id}` and `/organizations/{id}` are the same as the present names; Link headers and redirects name them. */
export function byName(world: World, path: string): string {
  const [, kind, id, below = ''] = /^\/(repositories|organizations)\/(\d+)(\/.*)?$/.exec(path) ?? []
  if (kind === 'organizations') {
    const organization = world.organizations.get(Number(id))
    return organization ? `/orgs/${organization.login}${below}` : path
  }
  const repository = world.repositories.get(Number(id))
  return repository ? `/repos/${repository.organization.login}/${repository.name}${below}` : path
}

/**
 * The address that links to other pages go out from: GitHub names repository and organization by id
 * (https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers).
 */
export function linkBase(url: string, { organization, repository }: Found): string {
  const base = new URL(url)
  if (repository) base.pathname = base.pathname.replace(/\/repos\/[^/]+\/[^/]+/, `/repositories/${repository.id}`)
  else if (organization) base.pathname = base.pathname.replace(/\/orgs\/[^/]+/, `/organizations/${organization.id}`)
  return base.href
}
