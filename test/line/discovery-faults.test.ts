import { afterEach, expect, it } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import type { ApiFault } from '../../src/simulator/faults/api-fault.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
afterEach(() => town.close())

const faults: readonly ApiFault[] = [
  { kind: 'status', status: 502 },
  { kind: 'status', status: 504 },
  { kind: 'cut' },
  { kind: 'partial', share: 0.3 },
  { kind: 'noData' },
  { kind: 'html' },
  { kind: 'slow', ms: 5 },
]

/** What the taking away of permissions changes. */
const ofTheMoment = new Set(['GitHub > Connection', 'GitHub > App Installation'])

async function everything(): Promise<Map<string, { data: Record<string, unknown>; isGone: boolean }>> {
  const { store } = town.guardpost.means
  const all = await store.resources.list(1)
  return new Map(
    all
      .filter(({ type }) => !ofTheMoment.has(type))
      .map(({ type, nodeId, data, goneAt }) => [`${type}: ${nodeId}`, { data, isGone: goneAt !== null }]),
  )
}

const strike = (probability: number) => {
  for (const fault of faults)
    town.sim.faults.api({ fault, probability, when: ({ path }) => path === '/graphql' || path.startsWith('/orgs/') })
}

async function discoverAgain(): Promise<void> {
  const { store, clock } = town.guardpost.means
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await town.settle()
}

it('faults at random leave things unknown, and make no wrong fact', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { org } = town
  for (let index = 0; index < 130; index++) {
    const repository = org.createRepository({ name: `repository-${index}`, topics: ['x'] })
    if (index % 3 === 0) repository.protectBranch('main', { requiresApprovingReviews: true })
    if (index % 5 === 0) for (const title of ['a', 'b', 'c', 'd', 'e', 'f']) repository.addDeployKey({ title })
    if (index % 7 === 0) repository.createRuleset({ name: 'linear' })
  }
  for (let index = 0; index < 110; index++) org.addMember(`member-${index}`)
  for (let index = 0; index < 5; index++) org.createTeam({ name: `Team ${index}` }).addMember('member-1')

  strike(0.03)
  const installation = town.install()
  await town.settle()
  await discoverAgain()
  const early = await everything()
  expect([...early.values()].filter(({ isGone }) => isGone)).toEqual([])

  town.sim.faults.clear()
  await discoverAgain()
  const whole = await everything()
  const count = (type: string) => [...whole.keys()].filter((key) => key.startsWith(`${type}: `)).length
  expect(count('GitHub > Repository')).toBe(131)
  expect(count('GitHub > Deploy Key')).toBe(156)
  expect(count('GitHub > Branch Protection Rule')).toBe(44)
  expect(count('GitHub > Member')).toBe(111)
  for (const [key, { data }] of early)
    for (const [field, value] of Object.entries(data))
      expect([key, field, value]).toEqual([key, field, whole.get(key)?.data[field]])

  installation.revoke('administration', 'members')
  strike(0.05)
  await discoverAgain()
  await discoverAgain()
  expect(await everything()).toEqual(whole)
}, 30_000)
