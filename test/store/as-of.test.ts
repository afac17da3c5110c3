import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Kysely, sql } from 'kysely'
import { quiet, text, time } from '../../src/model/resource-type.ts'
import type { Store } from '../../src/model/store.ts'
import { up as tables } from '../../src/store/migrations/0001-tables.ts'
import { up as history } from '../../src/store/migrations/0007-history.ts'
import { connect } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { newConnection, resourceWrite, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

const types = [
  {
    type: 'GitHub > Repository',
    view: 'github_repository',
    fields: { visibility: text.readOnly('Who sees it.'), pushedAt: quiet(time.readOnly('When.')) },
  },
]
let store: Store
let us: number
beforeEach(async () => {
  store = await openStore({ file: ':memory:', secretKey, clock: () => 1_000, types })
  us = (await store.connections.save(newConnection(1), 10)).id
  await store.resources.write(us, resourceWrite(us, 'O_1', { type: 'GitHub > Organization', title: 'acme' }), 100)
  await write('R_1', { version: 1 }, 200)
  await write('R_1', { version: 2, title: 'acme/renamed', data: { visibility: 'public', pushedAt: 'long ago' } }, 300)
  await write('R_1', { version: 3, title: 'acme/renamed', goneAt: 400, goneReason: 'deleted' }, 400)
  await write('R_1', { version: 4, title: 'acme/back' }, 500)
  await write('R_2', { version: 1, title: 'acme/a', revision: 290 }, 300)
})
afterEach(() => store.close())

const write = (nodeId: string, more: Parameters<typeof resourceWrite>[2], at: number) =>
  store.resources.write(us, resourceWrite(us, nodeId, { parentId: 1, ...more }), at)
const titles = async (at: number, filter = {}) => (await store.resources.asOf(us, at, filter)).map(({ title }) => title)

describe('the CMDB as of a moment', () => {
  it('has what was known by then, under the names of then', async () => {
    expect(await titles(99)).toEqual([])
    expect(await titles(100)).toEqual(['acme'])
    expect(await titles(299)).toEqual(['acme', 'acme/R_1'])
    expect(await titles(300)).toEqual(['acme', 'acme/a', 'acme/renamed'])
    expect(await titles(450)).toEqual(['acme', 'acme/a', 'acme/renamed'])
    expect(await titles(500)).toEqual(['acme', 'acme/a', 'acme/back'])
  })

  it('says all of a resource but what makes no version', async () => {
    const of = { id: 2, connectionId: us, type: 'GitHub > Repository', nodeId: 'R_1', parentId: 1, revision: null }
    expect(await store.resources.asOf(us, 350, { title: 'acme/renamed' })).toEqual([
      {
        ...of,
        version: 2,
        at: 300,
        title: 'acme/renamed',
        data: { visibility: 'public' },
        goneAt: null,
        goneReason: null,
      },
    ])
    expect(await store.resources.asOf(us, 400, { ids: [2] })).toMatchObject([{ goneAt: 400, goneReason: 'deleted' }])
    expect(await store.resources.asOf(us, 500, { title: 'acme/a' })).toMatchObject([{ at: 300, revision: 290 }])
  })

  it('is filtered by what was so then', async () => {
    expect(await titles(450, { gone: true })).toEqual(['acme/renamed'])
    expect(await titles(450, { gone: false })).toEqual(['acme', 'acme/a'])
    expect(await titles(500, { type: 'GitHub > Organization' })).toEqual(['acme'])
    expect(await titles(500, { parentId: 1 })).toEqual(['acme/a', 'acme/back'])
    expect(await titles(500, { limit: 1, after: { title: 'acme', id: 1 } })).toEqual(['acme/a'])
  })

  it('never has a later version seem earlier, whatever the clock says', async () => {
    const { id } = await write('R_2', { version: 2, title: 'acme/b' }, 250)
    expect((await store.resources.versions(us, id)).map(({ version, at }) => [version, at])).toEqual([
      [1, 300],
      [2, 300],
    ])
  })
})

it('knows names and ends of versions that were kept before they said so', async () => {
  const db = connect(join(folders.make(), 'g.db'))
  await tables(db as unknown as Kysely<unknown>)
  const run = (statement: string) => sql.raw(statement).execute(db)
  await run(`insert into connections (id, kind, organization_id, organization_node_id, login, status, created_at)
    values (1, 'app', 1, 'O_1', 'acme', 'active', 1)`)
  await run(`insert into resources (id, connection_id, type, node_id, title, data, sightings, version, created_at,
    last_seen_source, last_seen_at) values (1, 1, 'GitHub > Repository', 'R_1', 'acme/new', '{}', '{}', 3, 1, 'read', 1)`)
  await run(`insert into versions (connection_id, resource_id, version, data, at) values
    (1, 1, 1, '{"nameWithOwner":"acme/old"}', 10), (1, 1, 2, '{"nameWithOwner":"acme/new"}', 20),
    (1, 1, 3, '{"nameWithOwner":"acme/new"}', 30)`)
  await run(`insert into activities (connection_id, resource_id, kind, summary, changes, source, at)
    values (1, 1, 'gone', 'acme/new is gone: deleted', '[]', 'read', 30)`)
  await history(db as unknown as Kysely<unknown>)
  const { rows } = await run('select version, title, gone_at, gone_reason from versions order by version')
  expect(rows).toEqual([
    { version: 1, title: 'acme/old', goneAt: null, goneReason: null },
    { version: 2, title: 'acme/new', goneAt: null, goneReason: null },
    { version: 3, title: 'acme/new', goneAt: 30, goneReason: 'deleted' },
  ])
  await db.destroy()
})
