import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { live } from '../../src/model/github.ts'
import { type Clock, clockAhead } from '../support/clock.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { actual, recorded } from '../support/random-changes.ts'
import { queried } from '../support/rows.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let town: Guarded
let time: Clock
beforeEach(async () => {
  time = clockAhead()
  town = await guarded({ flavour: 'ghes' })
  town.org.createRepository({ name: 'web', visibility: 'private' })
  town.install()
  await town.settle()
  await later(minute)
})
afterEach(async () => {
  await town.close()
  jest.restoreAllMocks()
  expect(town.sim.judged).toEqual([])
})

async function later(milliseconds: number): Promise<void> {
  time.pass(milliseconds)
  await town.settle()
}

const found = async (about: string) => (await town.run()).verdict.evidence.find((seen) => seen.about === about)?.found

const rows = (query: string) => queried(town.config.databaseFile, query)
const sources = () => rows(`select event, source, status from deliveries where source = 'log' order by id`)
/** Where the CMDB is not what GitHub is. */
async function differences(): Promise<unknown[]> {
  const [known, real] = [await recorded(town), actual(town.org)]
  const wrong = [...real].filter(([nodeId, truth]) =>
    Object.entries(truth).some(
      ([field, value]) => !isDeepStrictEqual((known.get(nodeId) as Record<string, unknown>)?.[field], value),
    ),
  )
  return [...wrong, ...[...known].filter(([nodeId]) => !real.has(nodeId))]
}

async function connectionOf(login: string) {
  const found = (await town.guardpost.means.store.connections.list()).find((each) => each.login === login)
  if (!found) throw new Error(`${login} is not connected.`)
  return found
}

/** What is told of repositories, by whom, and whether their event was read back; not what controls say. */
const history = () =>
  rows(`select a.summary, a.actor, d.source from activities a left join deliveries d on d.id = a.delivery_id
    join resources r on r.id = a.resource_id where r.type = 'GitHub > Repository' and a.kind <> 'state' order by a.id`)

/** What happens while Guardpost is away. */
async function away(happens: () => unknown, milliseconds = hour): Promise<void> {
  await town.stop()
  town.sim.addDns('guardpost.example', 'http://127.0.0.1:1')
  await happens()
  await town.sim.idle()
  time.pass(milliseconds)
  await town.start()
  await town.settle()
}

it('takes in what was lost while Guardpost was away, with who did it', async () => {
  const web = town.org.repositories.get('web')
  const before = history().length
  await away(() => {
    web?.rename('site')
    town.org.createRepository({ name: 'new', visibility: 'private' })
  })
  expect(sources()).toEqual([
    ['repository', 'log', 'processed'],
    ['repository', 'log', 'processed'],
  ])
  expect(history().slice(before)).toEqual([
    [expect.stringContaining('acme/site'), 'acme-owner', 'log'],
    ['acme/new is recorded', 'acme-owner', 'log'],
  ])
  expect(await found('Deliveries of 24 hours')).toContain('2 read back from the log, 0 missing here')
})

it('says up to when the log reaches back where it begins too late', async () => {
  const web = town.org.repositories.get('web')
  await away(async () => {
    web?.rename('site')
    await town.sim.idle()
    time.pass(8 * day)
    town.org.createRepository({ name: 'new', visibility: 'private' })
  })
  expect(await differences()).toEqual([])
  expect(sources()).toEqual([['repository', 'log', 'processed']])
  expect(rows(`select summary from activities where kind = 'away'`)).toEqual([
    [expect.stringMatching(/delivery log reaches back to \S+Z only: everything is read anew$/)],
  ])
})

it('says nothing of days on which nothing was sent', async () => {
  for (let days = 0; days < 10; days++) await later(day)
  expect(rows(`select * from activities where kind = 'away'`)).toEqual([])
})

it('takes in by itself, while it runs, what somebody else answered', async () => {
  town.sim.faults.deliveries({ fault: { kind: 'drop', log: 'OK' }, times: 1 })
  town.org.repositories.get('web')?.rename('site')
  await later(6 * minute)
  expect(history().at(-1)).toEqual([expect.stringContaining('acme/site'), 'acme-owner', 'log'])
})

it('takes in once more what a restored backup no longer has', async () => {
  town.org.repositories.get('web')?.rename('site')
  await later(6 * minute)
  await town.stop()
  const database = new BetterSqlite3(town.config.databaseFile)
  database.exec(`delete from deliveries where event = 'repository'`)
  database.close()
  await town.start()
  await town.settle()
  expect(sources()).toEqual([['repository', 'log', 'processed']])
})

it('leaves what GitHub holds back for ten minutes, as that comes by itself', async () => {
  await away(() => town.org.createRepository({ name: 'new', visibility: 'private' }), minute)
  const database = new BetterSqlite3(town.config.databaseFile)
  database.exec(`delete from deliveries where source = 'log'`)
  database.exec(`update delivery_log set throttled_at = delivered_at, status_code = 0 where status <> 'OK'`)
  database.close()
  await later(5 * minute)
  expect(sources()).toEqual([])
  await later(6 * minute)
  expect(sources()).toEqual([['repository', 'log', 'processed']])
})

it('that came after all, folded into what was read back, counts as heard', async () => {
  await away(() => town.org.createRepository({ name: 'new', visibility: 'private' }))
  const lost = town.sim.deliveriesOf(town.app.hook).at(-1)
  await town.guardpost.means.clients
    .forApp(live('a test'))
    ?.write('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: lost?.id ?? 0 })
  await town.settle()
  expect(rows(`select source, status from deliveries where guid = '${lost?.guid}'`)).toEqual([['webhook', 'processed']])
})

describe('a delivery that GitHub no longer shows', () => {
  /** As GitHub has it that kept that it was sent, but not what. */
  async function lose(happens: () => void): Promise<void> {
    town.sim.faults.deliveries({ fault: { kind: 'drop' }, times: 1 })
    happens()
    await town.sim.idle()
    const [last] = town.app.hook.log.splice(-1)
    if (last) town.app.hook.log.push({ ...last, payload: '' })
    await later(6 * minute)
  }
  const asked = () => town.sim.requests.filter(({ path }) => /\/deliveries\/\d+$/.test(path)).length

  it('has what it was about read instead, and is asked for once', async () => {
    await lose(() => town.org.repositories.get('web')?.rename('site'))
    expect(await differences()).toEqual([])
    expect(await found('Deliveries that GitHub no longer shows')).toBe('1; read anew instead')
    await later(6 * minute)
    expect(asked()).toBe(1)
    expect(rows("select count(*) from activities where kind = 'away'")).toEqual([[0]])
  })

  it('has everything read where it was about nothing that is recorded', async () => {
    await lose(() => void town.org.createRepository({ name: 'new', visibility: 'private' }))
    expect(await differences()).toEqual([])
  })
})

it('is TBD while GitHub keeps it from being read back', async () => {
  const fault = town.sim.faults.api({
    fault: { kind: 'tooMany', seconds: 600 },
    when: ({ path }) => /\/deliveries\/\d+$/.test(path),
  })
  town.sim.faults.deliveries({ fault: { kind: 'drop', log: 'timed out' }, times: 1 })
  town.org.repositories.get('web')?.rename('site')
  await later(6 * minute)
  expect(await town.control()).toMatchObject({
    state: 'tbd',
    reason: expect.stringMatching(/^Deliveries lost: 1 not yet/),
  })
  fault.off()
  await later(11 * minute)
  expect(await town.control()).toMatchObject({ state: 'ok' })
})

it('of somebody else’s installation, or of one suspended, is left alone', async () => {
  const other = town.sim.createOrganization({ login: 'elsewhere' })
  const installation = town.sim.install(town.app, other)
  await later(minute)
  installation.suspend()
  await later(minute)
  const { id } = await connectionOf('elsewhere')
  await away(() => town.org.createRepository({ name: 'new', visibility: 'private' }))
  expect(rows(`select connection_id from deliveries where source = 'log' and connection_id = ${id}`)).toEqual([])
  expect(sources()).toEqual([['repository', 'log', 'processed']])
})
