import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { discoverJob, discoverTypeJob } from '../../src/engine/jobs.ts'
import { branchProtectionRule } from '../../src/resources/branch-protection-rule.ts'
import type { ApiFault } from '../../src/simulator/faults/api-fault.ts'
import type { FaultSwitch } from '../../src/simulator/faults/plans.ts'
import type { SeenRequest } from '../../src/simulator/http/seen-request.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { differencesOf, type Facts, goneOf, recordedOf, wrongFacts } from '../support/everything.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'
import { changingEverything } from '../support/random-everything.ts'
import { everythingOf } from '../support/truth.ts'

let town: Guarded
let time: Clock
beforeEach(async () => {
  time = clockAhead()
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  await town.close()
  jest.restoreAllMocks()
  expect(town.sim.judged).toEqual([])
})

const faults: readonly ApiFault[] = [
  { kind: 'status', status: 502 },
  { kind: 'status', status: 504 },
  { kind: 'refused', status: 403 },
  { kind: 'refused', status: 404 },
  { kind: 'cut' },
  { kind: 'partial', share: 0.3 },
  { kind: 'noData' },
  { kind: 'html' },
  { kind: 'slow', ms: 5 },
]
/** Each by chance, and none twice in a row where the first answer is asked to be confirmed. */
function strike(probability: number): Map<string, FaultSwitch> {
  let last = ''
  const ofDiscovery = ({ path }: SeenRequest) => /^\/(graphql$|orgs\/|app\/installations\/\d+$)/.test(path)
  const once = (request: SeenRequest) => {
    const isAgain =
      request.path.endsWith('/installation') || (request.path.includes('/memberships/') && request.path === last)
    last = request.path
    return ofDiscovery(request) && !isAgain
  }
  return new Map(
    faults.map((fault) => [nameOf(fault), town.sim.faults.api({ fault, probability, when: once })] as const),
  )
}

const nameOf = (fault: ApiFault): string => ('status' in fault ? `${fault.kind} ${fault.status}` : fault.kind)

const isLastPass = ({ body }: SeenRequest): boolean =>
  JSON.stringify(body ?? '').includes('RepositoryListsOfOrganization')

/** A discovery to its end, with what GitHub put off. */
async function discoverAgain(): Promise<void> {
  const { store, clock } = town.guardpost.means
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  for (let minutes = 0; minutes < 12; minutes++) {
    await town.settle()
    time.pass(60_000)
  }
  await town.settle()
}

/** What the CMDB says and is not so: neither now nor when it was last told. */
async function wrong(...moments: readonly Facts[]): Promise<string[]> {
  const there = (about: string) => moments.every((real) => real.has(about))
  const gone = [...(await goneOf(town)).keys()]
    .filter(there)
    .map((about) => `${about} is said to be gone, and is there`)
  return [...wrongFacts(await recordedOf(town), ...moments), ...gone]
}

function populate(): void {
  const { org } = town
  for (let index = 0; index < 130; index++) {
    const repository = org.createRepository({ name: `repository-${index}`, topics: ['x'] })
    if (index % 3 === 0) repository.protectBranch('main', { requiresApprovingReviews: true })
    if (index % 5 === 0) for (const title of ['a', 'b', 'c', 'd', 'e', 'f']) repository.addDeployKey({ title })
    if (index % 7 === 0) repository.createRuleset({ name: 'linear' })
    if (index % 9 === 0) repository.addCollaborator(`guest-${index}`)
  }
  for (let index = 0; index < 110; index++) org.addMember(`member-${index}`)
  for (let index = 0; index < 5; index++) org.createTeam({ name: `Team ${index}` }).addMember('member-1')
  for (let index = 0; index < 3; index++) org.createRuleset({ name: `rules ${index}` })
  for (let index = 0; index < 4; index++) org.createHook({ url: `https://else.example/${index}`, events: ['push'] })
  org.defineProperty({ name: 'tier', defaultValue: 'low' })
}

it('faults at random leave things unknown, and make no wrong fact', async () => {
  const { sim, org, app } = town
  app.request({ ...app.permissions, organization_administration: 'write', organization_plan: 'read' })
  populate()

  const struck = strike(0.02)
  const installation = town.install()
  await town.settle()
  await discoverAgain()
  const first = everythingOf(org)
  expect(await wrong(first)).toEqual([])

  // Changes of which nothing is heard: what is recorded is old, or new, and never anything else.
  sim.holdDeliveries()
  const other = sim.createOrganization({ login: 'elsewhere' })
  const changing = changingEverything({ sim, org, other, random: randomFrom(3) })
  for (let change = 0; change < 150; change++) changing.change()
  const second = everythingOf(org)
  for (let round = 0; round < 3; round++) {
    await discoverAgain()
    expect(await wrong(first, second)).toEqual([])
  }
  expect([...struck].filter(([, { struck }]) => struck === 0)).toEqual([])

  sim.faults.clear()
  await discoverAgain()
  expect(await differencesOf(town)).toEqual([])

  // One question at a time: what is on its way when GitHub says 429 is no asking again.
  for (const { deployKeys, addDeployKey } of org.repositories.values()) {
    for (const key of deployKeys.values()) key.delete()
    addDeployKey({ title: 'new' })
  }
  const third = everythingOf(org)
  const limit = sim.faults.api({ fault: { kind: 'tooMany', seconds: 30 }, when: isLastPass, times: 1 })
  const { store, clock } = town.guardpost.means
  await store.jobs.enqueue([discoverTypeJob(1, branchProtectionRule, 'a test', clock())])
  await town.settle()
  await discoverAgain()
  expect(limit.struck).toBeGreaterThan(0)
  expect(await wrong(second, third)).toEqual([])
  expect(await differencesOf(town)).toEqual([])

  // What may be seen no more stays as it is known.
  const whole = await recordedOf(town)
  installation.revoke('administration', 'members')
  strike(0.05)
  await discoverAgain()
  await discoverAgain()
  const mine = (facts: Facts) => [...facts].filter(([about]) => !about.startsWith('GitHub > App Installation'))
  expect(mine(await recordedOf(town))).toEqual(mine(whole))
})

it('a wrong fact, a made-up thing and a false end would be found', async () => {
  const web = town.org.createRepository({ name: 'web' })
  town.install()
  await town.settle()
  const real = everythingOf(town.org)
  expect(await wrong(real)).toEqual([])
  const database = new BetterSqlite3(town.config.databaseFile)
  const tamper = async (statement: string) => {
    database.exec(`begin; ${statement}`)
    database.exec('commit')
    return wrong(real)
  }
  const one = `type = 'GitHub > Repository' and node_id = '${web.nodeId}'`
  expect(await tamper(`update resources set data = json_set(data, '$.visibility', 'public') where ${one}`)).toEqual([
    `GitHub > Repository ${web.nodeId}: visibility is ["private"], recorded "public"`,
  ])
  expect(await tamper(`update resources set gone_at = 1, gone_reason = 'a test' where ${one}`)).toEqual([
    `GitHub > Repository ${web.nodeId} is said to be gone, and is there`,
  ])
  expect(await tamper(`update resources set gone_at = null, node_id = 'R_else' where ${one}`)).toEqual([
    'GitHub > Repository R_else is recorded, and is not there',
  ])
  database.close()
})
