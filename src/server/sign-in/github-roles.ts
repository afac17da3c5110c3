import type { Log } from '../../engine/means.ts'
import type { Place } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { Connection } from '../../model/connection.ts'
import { type GitHubClients, live, Refusal } from '../../model/github.ts'
import type { GitHubAccount } from '../../model/github-sign-in.ts'
import type { Store } from '../../model/store.ts'

interface Means {
  readonly store: Pick<Store, 'connections' | 'resources'>
  readonly clients: Pick<GitHubClients, 'readerFor'>
  readonly clock: Clock
  readonly log: Log
}

/** Where somebody owns an organization on GitHub. */
export interface GitHubRoles {
  /** As it was within the last minutes. */
  owned(account: GitHubAccount): Promise<readonly Place[]>
  /** As it is. */
  ownedNow(account: GitHubAccount): Promise<readonly Place[]>
}

/** What GitHub said is believed so long, and that it said nothing: in milliseconds. */
const fresh = 5 * 60_000
const freshWhenRefused = 30_000
const mostKnown = 1_000

/**
 * Reads by each connection's own credential who owns its organization: so a role lost there is lost here within minutes,
 * and nobody's token is kept. Where GitHub does not answer, nobody owns.
 */
export function githubRoles({ store, clients, clock, log }: Means): GitHubRoles {
  const known = new Map<number, { until: number; places: Promise<readonly Place[]> }>()

  const ownedNow = (account: GitHubAccount): Promise<readonly Place[]> => {
    const entry = { until: clock() + fresh, places: Promise.resolve<readonly Place[]>([]) }
    entry.places = read(account, () => {
      entry.until = clock() + freshWhenRefused
    })
    known.delete(account.githubId)
    known.set(account.githubId, entry)
    const [oldest] = known.keys()
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
    entry.places.catch(() => known.delete(account.githubId))
    return entry.places
  }

  const read = async (account: GitHubAccount, refused: () => void): Promise<Place[]> => {
    const connections = (await store.connections.list()).filter(({ status }) => status === 'active')
    const places = await Promise.all(
      connections.map(async (connection) => {
        const place = await placeOf(connection)
        return place && (await owns(connection, account, refused)) ? [place] : []
      }),
    )
    return places.flat()
  }

  const placeOf = async ({ id, organizationNodeId }: Connection) => {
    const resource = await store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
    return resource && { connectionId: id, resourceId: resource.id }
  }

  const owns = async (connection: Connection, { githubId, login }: GitHubAccount, refused: () => void) => {
    try {
      const github = await clients.readerFor(connection, live('sign-in'))
      const answer = await github?.get('GET /orgs/{org}/memberships/{username}', {
        org: connection.login,
        username: login,
      })
      // A login may have passed on to somebody else since.
      const { role, state, user } = answer?.data ?? {}
      return role === 'admin' && state === 'active' && user?.id === githubId
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return false
      refused()
      log.warn({ err: error, connection: connection.id, login }, 'GitHub did not say who owns the organization')
      return false
    }
  }

  return {
    ownedNow,
    owned: (account) => {
      const entry = known.get(account.githubId)
      return entry && entry.until > clock() ? entry.places : ownedNow(account)
    },
  }
}
