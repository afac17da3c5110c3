import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { type Guarded, guarded } from '../support/guarded.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

let town: Guarded
let ahead: number
beforeEach(async () => {
  ahead = 0
  const machine = Date.now.bind(Date)
  jest.spyOn(Date, 'now').mockImplementation(() => machine() + ahead)
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
  ahead += milliseconds
  await town.settle()
}

const found = async (about: string) => (await town.run()).verdict.evidence.find((seen) => seen.about === about)?.found

/** What the database answers to one query. */
function rows(query: string): unknown[] {
  const database = new BetterSqlite3(town.config.databaseFile, { readonly: true })
  try {
    return database.prepare(query).raw().all()
  } finally {
    database.close()
  }
}
const sources = () => rows(`select event, source, status from deliveries where source = 'log' order by id`)
/** What is told of repositories, by whom, and whether their event was read back; not what controls say. */
const history = () =>
  rows(`select a.summary, a.actor, d.source from activities a left join deliveries d on d.id = a.delivery_id
    join resources r on r.id = a.resource_id where r.type = 'GitHub > Repository' and a.kind <> 'state' order by a.id`)

/** What happens while Guardpost is away. */
async function away(happens: () => void, milliseconds = hour): Promise<void> {
  await town.stop()
  town.sim.addDns('guardpost.example', 'http://127.0.0.1:1')
  happens()
  await town.sim.idle()
  ahead += milliseconds
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
