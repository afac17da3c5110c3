import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { examineAuditLog } from '../../src/engine/doctor/audit-log.ts'
import { discoverJob } from '../../src/engine/jobs.ts'
import { auditedStretch, pollAfter } from '../../src/engine/rhythm.ts'
import type { ResourceType } from '../../src/model/resource-type.ts'
import { actionsPolicy } from '../../src/resources/actions-policy.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { queried } from '../support/rows.ts'

const [minute, hour] = [60_000, 3_600_000]

let town: Guarded
let time: Clock
let installation: Installation
beforeEach(async () => {
  time = clockAhead()
})
afterEach(async () => {
  await town.close()
  jest.restoreAllMocks()
  expect(town.sim.judged).toEqual([])
})

async function onPlan(plan: string, flavour: 'github.com' | 'ghes' = 'github.com'): Promise<void> {
  town = await guarded({ flavour })
  town.org.plan = plan
  town.app.request({ ...town.app.permissions, organization_plan: 'read' })
  town.org.createRepository({ name: 'web' })
  town.org.addMember('mona')
  installation = town.install()
  await town.settle()
}

async function later(milliseconds: number): Promise<void> {
  time.pass(milliseconds)
  await town.settle()
}

const asked = () => town.sim.requests.filter(({ path }) => path.endsWith('/audit-log'))
const connection = async () => (await town.guardpost.means.store.connections.list())[0] as never
const doctor = async () => (await examineAuditLog(town.guardpost.means, await connection()))[0]
/** What history tells of things, newest last. */
const told = (after = 0) =>
  queried(
    town.config.databaseFile,
    `select a.summary, a.actor, a.source from activities a
     where a.kind in ('found', 'changed', 'gone') and a.id > ${after} order by a.id`,
  )
const newest = () => Number(queried(town.config.databaseFile, 'select max(id) from activities')[0]?.[0])

it('tells who changed what no event tells of, within two minutes', async () => {
  await onPlan('enterprise')
  const { org } = town
  const web = org.repositories.get('web')
  const hook = org.createHook({ url: 'https://else.example/hook', events: ['push'] }, { sender: 'dana' })
  await later(2 * minute)
  const before = newest()
  org.set({ defaultRepositoryPermission: 'none' }, { sender: 'dana' })
  org.setActions({ allowedActions: 'local_only' }, { sender: 'erin' })
  org.setRole('mona', 'admin', { sender: 'dana' })
  web?.set({ deleteBranchOnMerge: true }, { sender: 'frank' })
  hook.update({ active: false }, { sender: 'guardpost[bot]' })
  await later(2 * minute)
  const changes = told(before)
  expect(changes).toHaveLength(5)
  expect(changes).toEqual(
    expect.arrayContaining([
      ['acme: defaultRepositoryPermission from read to none changed', 'dana', 'audit log'],
      ['Actions policy: allowedActions from all to local_only changed', 'erin', 'audit log'],
      ['member mona: role from member to admin changed', 'dana', 'audit log'],
      ['acme/web: deleteBranchOnMerge from false to true changed', 'frank', 'audit log'],
      [expect.stringContaining(`organization webhook ${hook.id}: active from true to false`), 'guardpost', 'audit log'],
    ]),
  )
  expect(told()).toContainEqual([`organization webhook ${hook.id} is recorded`, 'dana', 'audit log'])
  expect(await doctor()).toMatchObject({ level: 'ok', found: expect.stringMatching(/^read at /) })
  expect(asked().at(-1)?.query).toMatchObject({ include: 'web', order: 'asc', per_page: '100' })
})

it('tells of the Actions policy of a repository, which is judged at once, where a policy asks about it', async () => {
  const path = 'GitHub > Repository > Actions > Default Token'
  await onPlan('enterprise')
  const web = town.org.repositories.get('web')
  town.org.setActions({ defaultWorkflowPermissions: 'write' })
  const asks = () => town.sim.requests.filter(({ path }) => path === '/repos/acme/web/actions/permissions').length
  web?.set({ defaultWorkflowPermissions: 'read' }, { sender: 'dana' })
  await later(2 * minute)
  expect(asks()).toBe(0)
  await town.set(path, 'Check: Read')
  await town.settle()
  expect(await town.control(path, 'acme/web')).toMatchObject({ state: 'ok' })
  web?.set({ defaultWorkflowPermissions: 'write' }, { sender: 'erin' })
  await later(2 * minute)
  expect(await town.control(path, 'acme/web')).toMatchObject({ state: 'alarm' })
  expect(told().at(-1)).toEqual([
    'Actions policy of a repository: defaultWorkflowPermissions from read to write changed',
    'erin',
    'audit log',
  ])
})

it('reads each entry once, those that come late as well, and all of what is more than a page', async () => {
  await onPlan('enterprise')
  const { org, sim } = town
  await later(2 * minute)
  const reads = () => sim.requests.filter(({ path }) => path === '/orgs/acme/actions/permissions').length
  org.setActions({ allowedActions: 'local_only' }, { sender: 'dana' })
  await later(minute)
  const once = reads()
  await later(minute)
  await later(minute)
  expect(reads()).toBe(once)

  // Recorded only now, of five minutes ago.
  org.setActions({ allowedActions: 'all' }, { sender: 'erin' })
  const entry = org.auditLog.pop()
  if (entry) org.auditLog.push({ ...entry, created_at: entry.created_at - 5 * minute })
  await later(minute)
  expect(told().at(-1)).toEqual(['Actions policy: allowedActions from local_only to all changed', 'erin', 'audit log'])

  for (let index = 0; index < 1_150; index++) org.set({ membersCanCreateRepositories: false }, { sender: 'erin' })
  org.setActions({ allowedActions: 'local_only' }, { sender: 'frank' })
  await later(minute)
  expect(told().at(-1)?.[1]).toBe('erin')
  await later(10_000)
  expect(told().at(-1)).toEqual(['Actions policy: allowedActions from all to local_only changed', 'frank', 'audit log'])
})

it('names nobody where several people changed one thing', async () => {
  await onPlan('enterprise')
  await later(2 * minute)
  town.org.setActions({ allowedActions: 'local_only' }, { sender: 'dana' })
  town.org.setActions({ defaultWorkflowPermissions: 'write' }, { sender: 'erin' })
  await later(minute)
  expect(told().at(-1)).toEqual([expect.stringContaining('allowedActions from all'), null, 'audit log'])
})

it('names who it was also where a reading found the change before the entry came', async () => {
  await onPlan('enterprise')
  await later(2 * minute)
  const { store, clock } = town.guardpost.means
  town.org.setActions({ allowedActions: 'local_only' }, { sender: 'dana' })
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await town.settle()
  expect(told().at(-1)).toEqual([expect.stringContaining('allowedActions'), null, 'read'])
  await later(minute)
  expect(told().at(-1)).toEqual([expect.stringContaining('allowedActions'), 'dana', 'audit log'])
})

it('tells who changed what while Guardpost was away', async () => {
  await onPlan('enterprise')
  await later(2 * minute)
  await town.stop()
  town.org.set({ defaultRepositoryPermission: 'none' }, { sender: 'dana' })
  town.org.setActions({ allowedActions: 'local_only' }, { sender: 'erin' })
  time.pass(5 * hour)
  const before = newest()
  await town.start()
  await town.settle()
  expect(told(before)).toEqual(
    expect.arrayContaining([
      ['acme: defaultRepositoryPermission from read to none changed', 'dana', 'audit log'],
      ['Actions policy: allowedActions from all to local_only changed', 'erin', 'audit log'],
    ]),
  )
})

it('stretches the rhythms of what it tells of, and of nothing else, as long as it is read', async () => {
  await onPlan('enterprise')
  await later(2 * minute)
  const { means } = town.guardpost
  const wait = async () => pollAfter(means, await connection(), actionsPolicy as unknown as ResourceType)
  expect(await wait()).toBe(auditedStretch * (actionsPolicy.rhythm ?? 0))
  const fault = town.sim.faults.api({
    fault: { kind: 'status', status: 502 },
    when: ({ path }) => path.endsWith('/audit-log'),
  })
  for (let minutes = 0; minutes < 12; minutes++) await later(minute)
  expect(await wait()).toBe(actionsPolicy.rhythm)
  expect(await doctor()).toMatchObject({ level: 'unknown', found: expect.stringMatching(/^not read since /) })
  fault.off()
  await later(10 * minute)
  expect(await doctor()).toMatchObject({ level: 'ok' })
})

it('is not asked for where it is not granted, which is said; and is, once it is granted', async () => {
  await onPlan('enterprise')
  await later(minute)
  const all = town.app.permissions
  const { organization_administration: _, ...rest } = all
  town.app.request(rest)
  await town.judge()
  await later(minute)
  const before = asked().length
  await later(5 * minute)
  expect(asked()).toHaveLength(before)
  expect(await doctor()).toMatchObject({
    level: 'unknown',
    found: '`the audit log` is not known: the permission `organization_administration: read` is not granted.',
  })
  town.app.request(all)
  installation.grant()
  await town.settle()
  expect(asked().length).toBeGreaterThan(before)
  expect(await doctor()).toMatchObject({ level: 'ok' })
})

it.each([['team'], ['free']])('is not asked for on the plan %s, and that is said', async (plan) => {
  await onPlan(plan)
  await later(5 * minute)
  expect(asked()).toEqual([])
  expect(await doctor()).toMatchObject({
    level: 'ok',
    found: `The audit log is not read: GitHub offers it on Enterprise Cloud, and the plan is ${plan}.`,
  })
})

it('is asked for once a day where a GitHub Enterprise Server has none', async () => {
  await onPlan('enterprise', 'ghes')
  await later(minute)
  // Once more if it was asked before the plan was known.
  const before = asked().length
  expect([1, 2]).toContain(before)
  for (let minutes = 0; minutes < 10; minutes++) await later(minute)
  expect(asked()).toHaveLength(before)
  expect(await doctor()).toMatchObject({ level: 'ok', found: expect.stringContaining('GitHub says there is none') })
})
