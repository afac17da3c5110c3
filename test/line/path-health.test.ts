import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { live } from '../../src/model/github.ts'
import type { PathHealth } from '../../src/resources/connection/path-health.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let town: Guarded
let elsewhere: Server
let time: Clock
beforeEach(async () => {
  time = clockAhead()
  elsewhere = createServer((request, response) => request.resume() && response.end('Welcome!'))
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  await town.close()
  await new Promise((closed) => elsewhere.close(closed))
  jest.restoreAllMocks()
  expect(town.sim.judged).toEqual([])
})

/** The clock goes on, for GitHub and for us, and everything that is due by then is done. */
async function later(milliseconds: number): Promise<void> {
  time.pass(milliseconds)
  await town.settle()
}

/** GitHub's times are whole seconds: what happens within the second of the installation is taken as before it. */
async function open(options: Parameters<typeof guarded>[0] = {}): Promise<void> {
  town = await guarded(options)
  town.install()
  await town.settle()
  await later(minute)
}

const host = 'guardpost.example'
const leadsToUs = () => town.sim.addDns(host, town.address)
const leadsNowhere = () => town.sim.addDns(host, 'http://127.0.0.1:1')
const leadsElsewhere = () => town.sim.addDns(host, `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)

async function changes(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    town.reporting.edit({ description: `as of ${performance.now()}` })
    await town.sim.idle()
  }
}

async function factsOf(organization = town.org): Promise<PathHealth[]> {
  const { store } = town.guardpost.means
  const connection = await store.connections.byOrganization('app', organization.id)
  const [facts] = await store.resources.list(connection?.id ?? 0, { type: 'GitHub > Connection' })
  return (facts?.data.path ?? []) as unknown as PathHealth[]
}

const asked = (path: RegExp) => town.sim.requests.filter((request) => path.test(request.path)).length
const found = async (about: string) => (await town.run()).verdict.evidence.find((seen) => seen.about === about)?.found

describe('the webhook of the App', () => {
  beforeEach(() => open())

  it('is well after days of quiet, and has its last event and counts as evidence', async () => {
    await changes(2)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(await found('Deliveries of `repository`')).toBe('2 sent, 0 failed, 0 missing here')
    expect(await found('Last event heard')).toMatch(/^`repository` at .*, \d\.?\d* s after it was sent$/)
    await later(5 * day)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(await found('Deliveries of 24 hours')).toBe('0 sent, 0 failed, 0 missing here')
  })

  it('writes nothing on GitHub for figures that change', async () => {
    const before = town.sim.writes.length
    for (let times = 0; times < 3; times++) {
      await changes(2)
      await later(5 * hour)
    }
    expect(town.sim.writes.slice(before)).toEqual([])
  })

  it('that reached nobody is an Alarm with code, time and page; a new success heals it', async () => {
    await later(25 * hour)
    leadsNowhere()
    await changes(2)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok' })
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({
      state: 'alarm',
      reason: expect.stringMatching(/every delivery since \S+Z failed \(502 failed to connect to host\)/),
    })
    expect((await town.run()).verdict.diagnoses[0]?.remedy).toMatchObject({
      who: 'the owner of the App, acme',
      url: `${town.sim.htmlUrl}/organizations/acme/settings/apps/guardpost/advanced`,
    })
    expect(await found('Newest failures')).toMatch(/^\d{4}-\d\d-\d\dT\S+Z `repository` 502 failed to connect/)
    expect(await found('Deliveries of 24 hours')).toBe('3 sent, 3 failed, 3 read back from the log, 0 missing here')

    await later(4 * day)
    expect(await town.control()).toMatchObject({ state: 'alarm' })
    leadsToUs()
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  })

  it('is healed by redelivering what failed', async () => {
    await later(25 * hour)
    leadsNowhere()
    await changes(3)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'alarm' })
    leadsToUs()
    const app = town.guardpost.means.clients.forApp(live('a test'))
    for (const { id } of town.sim.deliveriesOf(town.app.hook).slice(-3))
      await app?.write('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id })
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(await found('Deliveries of 24 hours')).toBe('6 sent, 0 failed, 0 missing here')
  })

  it('that leads to a server which says 200 to anything is an Alarm, after the same days of quiet', async () => {
    await later(5 * day)
    leadsElsewhere()
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('Somebody else answers in our place'),
    })
    expect(await found('Deliveries of 24 hours')).toBe('1 sent, 0 failed, 1 read back from the log, 0 missing here')
    leadsToUs()
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })

  it('that GitHub holds back again and again is an Alarm for an hour', async () => {
    town.sim.faults.deliveries({ fault: { kind: 'throttle', ms: 1 }, times: 3 })
    await changes(3)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('GitHub held deliveries back'),
    })
    await later(hour)
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })

  it('is an Alarm by silence alone where the policy says so', async () => {
    await town.set(`${eventHandlersPath} > Silence Alarm`, '1 hour')
    await changes(1)
    await later(50 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok' })
    await later(11 * minute)
    expect(await town.control()).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('the policy calls 1 hour of silence an Alarm'),
    })
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })

  it('has its log read once for all installations, and each sees its own only', async () => {
    const other = town.sim.createOrganization({ login: 'elsewhere' })
    const installation = town.sim.install(town.app, other)
    await town.settle()
    await later(minute)
    const repository = other.createRepository({ name: 'web' })
    await town.settle()
    await later(6 * minute)
    town.sim.faults.deliveries({
      fault: { kind: 'drop' },
      when: ({ installationId }) => installationId === installation.id,
    })
    for (const description of ['one', 'two', 'three']) repository.edit({ description })
    await changes(2)
    const before = asked(/^\/app\/hook\/deliveries$/)
    await later(6 * minute)
    expect(asked(/^\/app\/hook\/deliveries$/) - before).toBe(1)
    expect(await factsOf()).toMatchObject([{ failing: null, events: { repository: { sent: 2, failed: 0 } } }])
    expect(await factsOf(other)).toMatchObject([
      { failing: { count: 3 }, events: { repository: { sent: 4, failed: 3 } } },
    ])
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })

  it('has its log read to where it was read before', async () => {
    town.sim.faults.deliveries({ fault: { kind: 'drop' } })
    await changes(120)
    const before = asked(/^\/app\/hook\/deliveries$/)
    await later(6 * minute)
    // Two pages, and the newest once more after a hundred were read back.
    expect(asked(/^\/app\/hook\/deliveries$/) - before).toBe(3)
    expect(await factsOf()).toMatchObject([{ failing: { count: 120 }, lost: { count: 0 } }])
    await later(6 * minute)
    expect(asked(/^\/app\/hook\/deliveries$/) - before).toBe(4)
  })
})

it.each([
  ['github.com', 10],
  ['ghes', 12],
] as const)(
  'on %s lets go of the log as GitHub does: after four days %i of twelve failures are kept',
  async (flavour, kept) => {
    await open({ flavour })
    town.sim.faults.deliveries({ fault: { kind: 'drop' } })
    await changes(12)
    await later(6 * minute)
    await later(4 * day)
    const [connection] = await town.guardpost.means.store.connections.list()
    const log = await town.guardpost.means.store.deliveryLog.newest('app', connection?.installationId ?? 0, 100)
    expect(log.filter(({ status }) => status !== 'OK')).toHaveLength(kept)
    expect(await town.control()).toMatchObject({ state: 'alarm' })
  },
)

describe('a webhook of the organization', () => {
  beforeEach(async () => {
    await open()
    await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    await later(minute)
  })

  it('that reached nobody is an Alarm with its page, under Enforce too, without a write to it; then it heals', async () => {
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    const [hook] = town.org.hooks
    town.sim.faults.deliveries({ fault: { kind: 'drop', log: 'timed out' }, when: (about) => about.hook === hook })
    await changes(3)
    const before = town.sim.writes.length
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'alarm', reason: expect.stringContaining('(timed out)') })
    expect((await town.run()).verdict.diagnoses[0]?.remedy).toMatchObject({
      who: 'an owner of acme',
      url: `${town.sim.htmlUrl}/organizations/acme/settings/hooks/${hook?.id}`,
    })
    expect(town.sim.writes.slice(before).filter(({ path }) => path.includes('/hooks'))).toEqual([])

    town.sim.faults.clear()
    await changes(1)
    await later(6 * minute)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  })

  it('that somebody deleted is missing, and forgotten with its log', async () => {
    await town.set(eventHandlersPath, 'Check: Enabled')
    await town.settle()
    const [, ours] = await factsOf()
    town.org.hooks[0]?.delete()
    await later(6 * minute)
    expect(await town.guardpost.means.store.deliveryLog.reading(ours?.hookId ?? '')).toBeNull()
    expect(await town.control()).toMatchObject({ state: 'alarm', reason: 'Organization webhook: missing.' })
  })

  it('no longer ours is forgotten', async () => {
    const { store } = town.guardpost.means
    const [, ours] = await factsOf()
    expect(await store.deliveryLog.reading(ours?.hookId ?? '')).not.toBeNull()
    await town.set(eventHandlersPath, 'Enforce: Disabled')
    await town.settle()
    await later(6 * minute)
    expect(await store.deliveryLog.reading(ours?.hookId ?? '')).toBeNull()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Not configured' })
  })
})

it('goes on reading after a restart, one log at a time', async () => {
  await open()
  await later(6 * minute)
  await town.stop()
  await town.start()
  await town.settle()
  const before = asked(/^\/app\/hook\/deliveries$/)
  await later(6 * minute)
  expect(asked(/^\/app\/hook\/deliveries$/) - before).toBe(1)
})

it('reads a log a little later when GitHub stumbles, and nobody is alarmed', async () => {
  await open()
  const fault = town.sim.faults.api({
    fault: { kind: 'status', status: 502, effect: 'before' },
    when: ({ path }) => path.endsWith('/app/hook/deliveries'),
  })
  await later(6 * minute)
  expect(fault.struck).toBeGreaterThan(0)
  expect(await town.control()).toMatchObject({ state: 'ok' })
  fault.off()
  await changes(2)
  await later(20 * minute)
  expect(await found('Deliveries of `repository`')).toBe('2 sent, 0 failed, 0 missing here')
})
