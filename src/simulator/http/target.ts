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

/** `/repositories/{id}` and all below it is the same as the repository's present name; undocumented, and real. */
export function byName(world: World, path: string): string {
  const [, id, below = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? []
  const repository = world.repositories.get(Number(id))
  return repository ? `/repos/${repository.organization.login}/${repository.name}${below}` : path
}
