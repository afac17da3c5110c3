import { afterEach, expect, it, jest } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import type { Version } from '../../src/model/resource.ts'
import { sameJson } from '../../src/model/same-json.ts'
import { stateAt } from '../../src/simulator/history.ts'
import { clockAhead } from '../support/clock.ts'
import { differences, type Facts, recordedAt } from '../support/everything.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'
import { changingEverything } from '../support/random-everything.ts'
import { everythingOf } from '../support/truth.ts'

jest.setTimeout(60_000)

let town: Guarded
afterEach(async () => {
  await town.close()
  jest.restoreAllMocks()
})

/** Repositories by the simulator's history. What another organization had is none of ours. */
function repositoriesAt({ sim, org }: Guarded, time: number): Facts {
  const login = stateAt(sim.history.organizations.get(org.nodeId), time)?.login
  return new Map(
    [...sim.history.repositories].flatMap(([nodeId, moments]) => {
      const state = stateAt(moments, time)
      if (!state?.nameWithOwner.startsWith(`${login}/`)) return []
      const { nameWithOwner, visibility, archived: isArchived, description, homepage, defaultBranch, topics } = state
      const fields = { nameWithOwner, visibility, isArchived, description, homepageUrl: homepage, defaultBranch }
      return [[`GitHub > Repository ${nodeId}`, { ...fields, topics: [...topics].sort() }] as const]
    }),
  )
}

/** What changes too often to be remembered is left out. */
const remembered = (facts: Facts): Facts =>
  new Map([...facts].map(([about, { headSha: _, ...data }]) => [about, data] as const))

const onlyRepositories = (facts: Facts): Facts =>
  new Map([...facts].filter(([about]) => about.startsWith('GitHub > Repository R_')))

it('shows the CMDB as GitHub was at 50 past moments, of every type', async () => {
  const time = clockAhead()
  town = await guarded({ flavour: 'ghes' })
  const { sim, org, app } = town
  app.request({ ...app.permissions, organization_administration: 'write', organization_plan: 'read' })
  const other = sim.createOrganization({ login: 'elsewhere' })
  for (let index = 0; index < 12; index++) org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  town.install()
  await town.settle()

  const random = randomFrom(20_261_123)
  const changing = changingEverything({ sim, org, other, random })
  const moments: { time: number; real: Facts }[] = []
  const kinds = new Set<string>()
  for (let round = 0; round < 50; round++) {
    for (let change = 0; change < 6; change++) kinds.add(changing.change())
    await town.settle()
    // What no event tells of is known from the next reading on.
    await readEverything(town)
    // Any moment before the next change.
    moments.push({ time: Date.now() + Math.floor(random() * 5_000), real: remembered(everythingOf(org)) })
    time.pass(5_001)
  }

  expect(changing.kinds.filter((kind) => !kinds.has(kind))).toEqual([])
  expect(new Set(moments.map(({ real }) => JSON.stringify([...real]))).size).toBe(50)
  for (const { time, real } of moments) {
    const known = await recordedAt(town, time)
    expect(differences(known, real)).toEqual([])
    expect(differences(onlyRepositories(known), repositoriesAt(town, time))).toEqual([])
  }
  const [first, last] = [moments[0], moments.at(-1)]
  expect(differences(await recordedAt(town, first?.time ?? 0), last?.real ?? new Map()).length).toBeGreaterThan(50)
})

async function readEverything({ guardpost, settle }: Guarded): Promise<void> {
  const { store, clock } = guardpost.means
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await settle()
}

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
