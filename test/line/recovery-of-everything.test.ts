import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { type Clock, clockAhead } from '../support/clock.ts'
import { differences, differencesOf } from '../support/everything.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'
import { changingEverything } from '../support/random-everything.ts'
import { queried } from '../support/rows.ts'
import { everythingOf } from '../support/truth.ts'

jest.setTimeout(60_000)

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let town: Guarded
let time: Clock
beforeEach(async () => {
  time = clockAhead()
  town = await guarded({ flavour: 'ghes' })
  grantEverything(town)
  for (let index = 0; index < 30; index++) town.org.createRepository({ name: `repo-${index}`, visibility: 'private' })
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

const rows = (query: string) => queried(town.config.databaseFile, query)
const found = async (about: string) => (await town.run()).verdict.evidence.find((seen) => seen.about === about)?.found

/** An App that may read all there is: also rulesets of the organization and its plan. */
function grantEverything({ app }: Guarded): void {
  app.request({ ...app.permissions, organization_administration: 'write', organization_plan: 'read' })
}

/** 500 changes of every kind, while Guardpost is away. */
async function awayFor500(seed: number, milliseconds: number): Promise<void> {
  const other = town.sim.createOrganization({ login: 'elsewhere' })
  const changing = changingEverything({ sim: town.sim, org: town.org, other, random: randomFrom(seed) })
  const before = everythingOf(town.org)
  expect(await differencesOf(town)).toEqual([])
  await town.stop()
  town.sim.addDns('guardpost.example', 'http://127.0.0.1:1')
  const kinds = new Set(Array.from({ length: 500 }, () => changing.change()))
  expect(changing.kinds.filter((kind) => !kinds.has(kind))).toEqual([])
  await town.sim.idle()
  time.pass(milliseconds)
  expect(differences(before, everythingOf(town.org)).length).toBeGreaterThan(100)
  await town.start()
  await town.settle()
}

it('equals GitHub after 500 changes that were missed, by the log', async () => {
  await awayFor500(7, hour)
  expect(await differencesOf(town)).toEqual([])
  const told = rows(`select a.actor, d.source from activities a join deliveries d on d.id = a.delivery_id
    join resources r on r.id = a.resource_id where r.type = 'GitHub > Repository' and a.kind <> 'state'
      and d.source = 'log'`)
  expect(told.length).toBeGreaterThan(40)
  expect(told.filter(([actor]) => actor !== 'acme-owner')).toEqual([])
  expect(rows(`select 1 from deliveries where source = 'log' and status = 'processed'`).length).toBeGreaterThan(300)
  expect(rows(`select * from activities where kind = 'away'`)).toEqual([])
  expect(await found('Deliveries of 24 hours')).toContain(' 0 missing here')
})

it('equals GitHub after 500 changes that GitHub’s log no longer has, by a discovery, and says so', async () => {
  await awayFor500(8, 8 * day)
  expect(await differencesOf(town)).toEqual([])
  expect(rows(`select 1 from deliveries where source = 'log'`)).toEqual([])
  const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z'
  expect(rows(`select summary, source from activities where kind = 'away'`)).toEqual([
    [
      expect.stringMatching(
        `^Guardpost was away from ${time} to ${time}; GitHub’s delivery log is empty: everything is read anew$`,
      ),
      'discovery',
    ],
  ])
  await later(6 * minute)
  await later(6 * minute)
  expect(rows(`select count(*) from activities where kind = 'away'`)).toEqual([[1]])
})
