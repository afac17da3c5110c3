import { afterEach, expect, it } from '@jest/globals'
import type { RepositoryData } from '../../src/resources/repository.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'

let town: Guarded
afterEach(() => town.close())

/** What the CMDB holds of every live repository, by node id. */
async function recorded({ guardpost, org }: Guarded) {
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
const actual = ({ org }: Guarded) =>
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

it('has the CMDB equal GitHub after 1,000 changes, delivered shuffled, five times each, over both hooks', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { sim, org } = town
  const other = sim.createOrganization({ login: 'elsewhere' })
  for (let index = 0; index < 40; index++) org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

  const random = randomFrom(20_261_122)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const freed: string[] = []
  let made = 0
  const kinds: Record<string, (repository: Repository) => void> = {
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
  sim.holdDeliveries()
  for (let change = 0; change < 1_000; change++) {
    const mine = [...org.repositories.values()].filter(({ name }) => name !== '.github-private')
    const kind = mine.length < 10 ? 'create' : pick(Object.keys(kinds))
    kinds[kind]?.(pick(mine))
  }
  const deliveries = sim.held.flatMap((delivery) => Array.from({ length: 5 }, () => delivery))
  expect(deliveries.length).toBeGreaterThan(7_000)
  for (let index = deliveries.length - 1; index > 0; index--) {
    const at = Math.floor(random() * (index + 1))
    const [a, b] = [deliveries[index], deliveries[at]]
    if (a && b) [deliveries[index], deliveries[at]] = [b, a]
  }
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let next = deliveries.pop(); next; next = deliveries.pop()) {
        const status = await next.send()
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  )
  await town.settle()

  expect([...statuses.keys()].sort()).toEqual([200, 202])
  const [known, real] = [await recorded(town), actual(town)]
  expect([...known.keys()].sort()).toEqual([...real.keys()].sort())
  for (const [nodeId, data] of real) expect(known.get(nodeId)).toMatchObject(data)
  expect(await town.guardpost.means.store.jobs.counts()).toMatchObject({ parked: 0 })
  expect(sim.judged).toEqual([])
}, 60_000)
