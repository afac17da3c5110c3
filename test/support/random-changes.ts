import type { RepositoryData } from '../../src/resources/repository.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { Guarded } from './guarded.ts'

/** What the CMDB holds of every live repository of the organization, by node id. */
export async function recorded({ guardpost, org }: Pick<Guarded, 'guardpost' | 'org'>) {
  const { store } = guardpost.means
  const connections = await store.connections.list()
  const connection = connections.find(({ organizationId }) => organizationId === org.id)
  const all = await store.resources.list(connection?.id ?? 0, {
    type: 'GitHub > Repository',
    gone: false,
    limit: 10_000,
  })
  return new Map(all.map(({ nodeId, data }) => [nodeId, data as Partial<RepositoryData>]))
}

/** The same of the simulated organization. */
export const actual = (org: Organization) =>
  new Map([...org.repositories.values()].map((repository) => [repository.nodeId, truth(repository)]))

const truth = ({ id, name, organization, visibility, archived, description, defaultBranch, topics }: Repository) => ({
  databaseId: id,
  name,
  nameWithOwner: `${organization.login}/${name}`,
  visibility,
  isArchived: archived,
  description,
  defaultBranch,
  topics: [...topics].sort(),
})

/** What people do to the repositories of an organization: renames, transfers to another one and back, deletions, names taken again. */
export function repositoryChanges(
  org: Organization,
  other: Organization,
  random: () => number,
): Record<string, (repository: Repository) => void> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const freed: string[] = []
  let made = 0
  return {
    create: () => void org.createRepository({ name: `made-${made++}`, visibility: pick(['public', 'private']) }),
    rename: (repository) => {
      freed.push(repository.name)
      repository.rename(`renamed-${made++}`)
    },
    visibility: (repository) => repository.setVisibility(repository.visibility === 'public' ? 'private' : 'public'),
    archive: (repository) => (repository.archived ? repository.unarchive() : repository.archive()),
    edit: (repository) => repository.edit({ description: `said ${made++}`, topics: [`t${made}`, 'all'] }),
    delete: (repository) => {
      freed.push(repository.name)
      repository.delete()
    },
    transferOut: (repository) => {
      if (other.repositories.has(repository.name.toLowerCase())) return
      freed.push(repository.name)
      repository.transfer(other)
    },
    transferIn: () => {
      const [one] = [...other.repositories.values()]
      if (one && !org.repositories.has(one.name.toLowerCase())) one.transfer(org)
    },
    recreate: () => {
      const name = freed.pop()
      if (name && !org.repositories.has(name.toLowerCase())) org.createRepository({ name, visibility: 'private' })
    },
  }
}

/** Those that people change: the reporting repository is left alone. */
export const changeable = (org: Organization): Repository[] =>
  [...org.repositories.values()].filter(({ name }) => name !== '.github-private')

/** Has the repositories of an organization change so many times. */
export function changeAtRandom(org: Organization, other: Organization, random: () => number, changes: number): void {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const kinds = repositoryChanges(org, other, random)
  for (let change = 0; change < changes; change++) {
    const mine = changeable(org)
    const kind = mine.length < 10 ? 'create' : pick(Object.keys(kinds))
    kinds[kind]?.(pick(mine))
  }
}
