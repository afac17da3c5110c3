import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { resourceTypes } from '../../src/resources/index.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { guardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

let g: Guarded
let env: Record<string, string>
let before: string
const ask = (...args: string[]) => inProcess(['query', ...args], env)
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await ask(...args, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}

beforeAll(async () => {
  g = await guarded({ flavour: 'ghes' })
  const web = g.org.createRepository({ name: 'web', visibility: 'public', description: 'one, "two"' })
  web.edit({ topics: ['a', 'b'] })
  g.install()
  await g.settle()
  before = new Date().toISOString()
  while (new Date().toISOString() === before) await new Promise(setImmediate)
  web.setVisibility('private')
  await g.settle()
  // Without the key: who asks needs none.
  env = { DATABASE_URL: `file:${g.config.databaseFile}` }
})
afterAll(() => g.close())

describe('guardpost query', () => {
  it('answers with a table, its flags true or false', async () => {
    expect(
      await guardpost(['query', 'select name, visibility, is_fork from github_repository order by name'], { env }),
    ).toEqual({
      status: 0,
      stdout:
        'NAME             VISIBILITY  IS_FORK\n.github-private  private     false\nweb              private     false\n',
      stderr: '',
    })
    expect((await ask('select 1 where false')).stdout).toBe('No rows.\n')
  })

  it('answers with JSON, every column of it', async () => {
    const statement = `select r.name, r.topics, o.login, r.id, o.id from github_repository r
      join github_organization o on o.connection_id = r.connection_id where r.name = 'web'`
    const web = g.org.repositories.get('web')
    expect(await json(statement)).toEqual([
      { name: 'web', topics: ['a', 'b'], login: 'acme', id: web?.id, id_2: g.org.id },
    ])
  })

  it('answers with CSV', async () => {
    const { stdout } = await ask("select name, description, null from github_repository where name = 'web'", '--csv')
    expect(stdout).toBe('name,description,null\r\nweb,"one, ""two""",\r\n')
  })

  it('shows what was', async () => {
    const statement = "select visibility, pushed_at, last_seen_at from github_repository where name = 'web'"
    expect(await json(statement, '--as-of', before)).toEqual([
      { visibility: 'public', pushed_at: null, last_seen_at: null },
    ])
    expect(await json('select * from guardpost_activity', '--as-of', '-1d')).toEqual([])
    const controls = 'select count(*) as n from guardpost_control'
    expect(await json(controls, '--as-of', before)).toEqual(await json(controls))
    expect((await ask('select * from guardpost_delivery', '--as-of', before)).stderr).toBe(
      'guardpost_delivery has no past: it is only known as it is now.\n',
    )
  })

  it('shows history in SQL', async () => {
    expect(
      await json(
        "select actor, changes from guardpost_activity where summary like '%visibility%' and kind = 'changed'",
      ),
    ).toEqual([{ actor: 'acme-owner', changes: [{ field: 'visibility', before: 'public', after: 'private' }] }])
  })

  it('shows no more rows than are asked for, and says so', async () => {
    const { stdout, stderr } = await ask('select name from github_repository', '--limit', '1', '--csv')
    expect(stdout.split('\r\n')).toHaveLength(3)
    expect(stderr).toBe('There are more than these 1 rows: `--limit` shows more.\n')
  })

  it('lists the tables and their columns', async () => {
    const { stdout } = await ask()
    expect(stdout).toContain('github_repository: GitHub > Repository: those that are there.\n')
    expect(stdout).toContain('  is_archived (flag): ')
    expect(stdout).toContain('guardpost_delivery: Webhook deliveries, without headers and bodies. Only as it is now.\n')
    expect((await json('--tables')).map(({ name }: { name: string }) => name)).toEqual([
      ...resourceTypes.map(({ view }) => view).toSorted(),
      'guardpost_activity',
      'guardpost_connection',
      'guardpost_control',
      'guardpost_delivery',
      'guardpost_folder',
      'guardpost_policy_attachment',
      'guardpost_policy_pack',
      'guardpost_policy_setting',
      'guardpost_resource',
      'guardpost_run',
      'guardpost_version',
    ])
  })

  it('reads every table, now and as of then', async () => {
    const tables: { name: string; hasPast: boolean }[] = await json('--tables')
    const all = (names: readonly { name: string }[]) =>
      `select ${names.map(({ name }) => `(select count(*) from (select * from ${name})) as ${name}`).join(', ')}`
    const [now] = await json(all(tables))
    expect(Object.keys(now)).toHaveLength(tables.length)
    expect(Object.entries(now).filter(([name, count]) => count === 0 && name.startsWith('guardpost_'))).toEqual([
      ['guardpost_policy_attachment', 0],
      ['guardpost_policy_pack', 0],
      ['guardpost_policy_setting', 0],
    ])
    const [then] = await json(all(tables.filter(({ hasPast }) => hasPast)), '--as-of', before)
    expect(then).toMatchObject({ github_repository: 2, guardpost_version: now.guardpost_version - 1 })
  })

  it('reads nothing else, and writes nothing', async () => {
    expect(await ask('select token from connections')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'There is no table connections. Did you mean github_connection? `guardpost query --tables` lists what there is.\n',
    })
    expect(await ask('delete from github_repository')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'A query only reads: it is one `select`.\n',
    })
  })

  it('knows of no file of the CMDB when the statement runs, and loads no code', async () => {
    expect(await json("select name, file from pragma_database_list where file <> ''")).toEqual([])
    expect((await ask("select load_extension('x')")).stderr).toMatch(/^SQLite: not authorized\.\n$/)
  })

  it('ends what takes too long, and what takes too much', async () => {
    const endless = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'
    expect((await ask(endless, '--timeout', '0.5')).stderr).toBe(
      'It took longer than 0.5 s. Ask for less, or allow it more time.\n',
    )
    expect((await ask("select max(length(hex(zeroblob(260000000 + value)))) from json_each('[1,2,3,4]')")).stderr).toBe(
      'It took more memory than a query may: ask for less.\n',
    )
  })

  it('asks for a database, and for a time that can be meant', async () => {
    const { status, stderr } = await inProcess(['query', 'select 1'], { DATABASE_URL: 'file:/nowhere/g.sqlite' })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'There is no database at /nowhere/g.sqlite. `guardpost start` makes one; if it is elsewhere, set DATABASE_URL.\n',
    })
    expect((await ask('select 1', '--as-of', 'yesterday')).stderr).toContain('or so long ago: -90m, -2h, -3d or -1w.')
    expect((await ask('select 1', '--as-of', '2026-01-31')).stderr).toContain('It takes a time of day and a zone')
    expect((await ask('select 1', '--as-of', '2999-01-31T00:00:00Z')).stderr).toContain('It is still to come.')
  })
})
