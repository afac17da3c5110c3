import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { FaultyWorld } from './faulty-world.ts'

const fewest = 10

/** What people do to the repositories of the organizations: each call is one random change. */
export function changing({ byApp, byToken, elsewhere }: FaultyWorld, random: () => number): () => void {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const freed: { org: Organization; name: string }[] = []
  const guarded = [byApp, byToken]
  const most = Math.max(...guarded.map(({ repositories }) => repositories.size)) + 20
  let made = 0
  const free = ({ organization: org, name }: Repository) => freed.push({ org, name })
  const isFree = (org: Organization, name: string) => !org.repositories.has(name.toLowerCase())
  const move = (repository: Repository, to: Organization) => {
    if (repository.organization === to || !isFree(to, repository.name)) return
    free(repository)
    repository.transfer(to)
  }
  const kinds: Record<string, (repository: Repository, org: Organization) => void> = {
    create: (_, org) => void org.createRepository({ name: `made-${made++}`, visibility: pick(['public', 'private']) }),
    recreate: () => {
      const last = freed.pop()
      if (last && isFree(last.org, last.name)) last.org.createRepository({ name: last.name, visibility: 'private' })
    },
    rename: (repository) => {
      free(repository)
      repository.rename(`renamed-${made++}`)
    },
    visibility: (repository) => repository.setVisibility(repository.visibility === 'public' ? 'private' : 'public'),
    archive: (repository) => (repository.archived ? repository.unarchive() : repository.archive()),
    describe: (repository) => repository.edit({ description: `said ${made++}` }),
    topics: (repository) => repository.edit({ topics: [`t${made++}`, 'all'] }),
    branch: (repository) => repository.edit({ defaultBranch: pick(['main', 'trunk', 'develop']) }),
    push: (repository) => void (repository.archived || repository.push()),
    delete: (repository) => {
      free(repository)
      repository.delete()
    },
    transferOut: (repository) => move(repository, elsewhere),
    transferOver: (repository) => move(repository, pick(guarded)),
    transferIn: (_, org) => {
      const away = [...elsewhere.repositories.values()]
      if (away.length > 0) move(pick(away), org)
    },
  }
  return () => {
    const org = pick(guarded)
    const its = [...org.repositories.values()].filter(({ name }) => name !== '.github-private')
    const isFull = its.length > most
    const kind = its.length < fewest ? 'create' : isFull ? 'delete' : pick(Object.keys(kinds))
    kinds[kind]?.(pick(its), org)
  }
}
