import { afterEach, expect, it, jest } from '@jest/globals'
import type { Version } from '../../src/model/resource.ts'
import { sameJson } from '../../src/model/same-json.ts'
import type { RepositoryData } from '../../src/resources/repository.ts'
import { stateAt } from '../../src/simulator/history.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'

jest.setTimeout(60_000)

let town: Guarded
afterEach(() => town.close())

/** What the CMDB says was there at that moment, by node id. */
async function recorded({ guardpost }: Guarded, time: number) {
  const { store } = guardpost.means
  const [connection] = await store.connections.list()
  const all = await store.resources.asOf(connection?.id ?? 0, time, { type: 'GitHub > Repository', gone: false })
  return new Map(
    all.map(({ nodeId, title, data }) => {
      const { visibility, isArchived, description, homepageUrl, defaultBranch, topics } =
        data as Partial<RepositoryData>
      return [nodeId, { title, visibility, isArchived, description, homepageUrl, defaultBranch, topics }]
    }),
  )
}

/** The same by the simulator's own record. What another organization had is none of ours. */
const actual = ({ sim }: Guarded, time: number) =>
  new Map(
    [...sim.history.repositories].flatMap(([nodeId, moments]) => {
      const state = stateAt(moments, time)
      if (!state?.nameWithOwner.startsWith('acme/')) return []
      const { nameWithOwner, visibility, archived, description, homepage, defaultBranch, topics } = state
      return [
        [
          nodeId,
          {
            title: nameWithOwner,
            visibility,
            isArchived: archived,
            description,
            homepageUrl: homepage,
            defaultBranch,
            topics: [...topics].sort(),
          },
        ],
      ]
    }),
  )

it('shows the CMDB as GitHub was at 50 past moments', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { sim, org } = town
  const other = sim.createOrganization({ login: 'elsewhere' })
  for (let index = 0; index < 12; index++) org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  town.install()
  await town.settle()

  const random = randomFrom(20_261_123)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  let made = 0
  const kinds: Record<string, (repository: Repository) => void> = {
    create: () => void org.createRepository({ name: `made-${made++}`, visibility: pick(['public', 'private']) }),
    rename: (repository) => repository.rename(`renamed-${made++}`),
    visibility: (repository) => repository.setVisibility(repository.visibility === 'public' ? 'private' : 'public'),
    archive: (repository) => (repository.archived ? repository.unarchive() : repository.archive()),
    edit: (repository) => repository.edit({ description: `said ${made++}`, topics: [`t${made}`, 'all'] }),
    delete: (repository) => repository.delete(),
    transferOut: (repository) => repository.transfer(other),
    transferIn: () =>
      [...other.repositories.values()].slice(0, 1).forEach((repository) => void repository.transfer(org)),
  }
  const moments: number[] = []
  for (let round = 0; round < 50; round++) {
    for (let change = 0; change < 2; change++) {
      const mine = [...org.repositories.values()].filter(({ name }) => name !== '.github-private')
      kinds[mine.length < 5 ? 'create' : pick(Object.keys(kinds))]?.(pick(mine))
    }
    await town.settle()
    moments.push(Date.now())
    // What comes next comes later, also by the clock.
    while (Date.now() === moments.at(-1)) await new Promise(setImmediate)
  }

  expect(new Set(moments.map((time) => JSON.stringify([...actual(town, time)]))).size).toBeGreaterThan(45)
  for (const time of moments) expect(await recorded(town, time)).toEqual(actual(town, time))
})

/** What the versions of a resource say happened, one by one; what was learnt for the first time did not happen. */
function happened(versions: readonly Version[]) {
  return versions.flatMap((version, index) => {
    const before = versions[index - 1]
    if (!before) return [{ kind: 'found', changes: [] }]
    if (version.goneAt !== null) return [{ kind: 'gone', changes: [] }]
    const changes = Object.entries(version.data)
      .filter(([field, after]) => before.data[field] !== undefined && !sameJson(before.data[field], after))
      .map(([field, after]) => ({ field, before: before.data[field], after }))
    if (before.goneAt !== null) return [{ kind: 'returned', changes }]
    return changes.length > 0 ? [{ kind: 'changed', changes }] : []
  })
}

it('tells each change once, with before and after, who, and how it was known', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { sim, org } = town
  const other = sim.createOrganization({ login: 'elsewhere' })
  town.install()
  await town.settle()
  const web = org.createRepository({ name: 'web' })
  await town.settle()
  for (const change of [
    () => web.rename('site', { sender: 'dana' }),
    () => web.edit({ description: 'words', topics: ['a'] }),
    () => web.setVisibility('public'),
    () => web.transfer(other),
    () => web.transfer(org),
    () => web.delete(),
  ]) {
    change()
    await town.settle()
  }
  const { store } = town.guardpost.means
  const known = await store.resources.byNodeId(1, 'GitHub > Repository', web.nodeId)
  const lines = (await store.activities.list(1, { resourceId: known?.id ?? 0 }))
    .filter(({ kind }) => ['found', 'changed', 'gone', 'returned'].includes(kind))
    .toReversed()
  expect(lines.map(({ kind, changes }) => ({ kind, changes }))).toEqual(
    happened(await store.resources.versions(1, known?.id ?? 0)),
  )
  expect(lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['found', 'changed', 'gone', 'returned']))
  expect(lines[1]).toMatchObject({ actor: 'dana' })
  for (const { actor, source, at, deliveryId } of lines)
    expect({ actor, source, at, deliveryId }).toEqual({
      actor: expect.any(String),
      source: expect.stringMatching(/^(event|read)$/),
      at: expect.any(Number),
      deliveryId: expect.any(Number),
    })
})
