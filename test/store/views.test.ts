import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { flag, json, number, text, time } from '../../src/model/resource-type.ts'
import type { ViewedType } from '../../src/store/query/resource-tables.ts'
import { connect } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { newConnection, resourceWrite, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

const repository: ViewedType = {
  type: 'GitHub > Repository',
  view: 'github_repository',
  fields: {
    visibility: text.readOnly('Who sees it.'),
    isArchived: flag.readOnly('Whether it is archived.'),
    isTemplate: flag.readOnly('Whether it is a template.'),
    size: number.readOnly('Its size.'),
    pushedAt: time.readOnly('When it was pushed to.'),
    topics: json.readOnly('Its topics.'),
    license: json.readOnly('Its licence.'),
    homepage: text.readOnly('Its page.'),
  },
}
const open = (file: string, types: ViewedType[]) => openStore({ file, secretKey, clock: () => 1_000, types })
const query = async (file: string, statement: string) => {
  const db = connect(file)
  const { rows } = await sql.raw(statement).execute(db.withoutPlugins())
  await db.destroy()
  return rows
}

describe('the view of a resource type', () => {
  it('shows the live resources, a column per field', async () => {
    const file = join(folders.make(), 'g.db')
    const store = await open(file, [repository])
    const { id } = await store.connections.save(newConnection(1), 10)
    const data = {
      visibility: "it's private",
      isArchived: false,
      isTemplate: true,
      size: 12,
      pushedAt: '2026-01-02T03:04:05Z',
      topics: ['a', 'b'],
      license: null,
    }
    const lastSeen = { source: 'event', at: 1_767_323_045_678 } as const
    await store.resources.write(id, resourceWrite(id, 'R_1', { data, lastSeen, version: 3 }), 1)
    await store.resources.write(id, resourceWrite(id, 'R_2', { goneAt: 5 }), 1)
    await store.resources.write(id, resourceWrite(id, 'O_1', { type: 'GitHub > Organization' }), 1)
    await store.close()
    expect(await query(file, 'select * from github_repository')).toEqual([
      {
        connection_id: 1,
        resource_id: 1,
        node_id: 'R_1',
        title: 'acme/R_1',
        visibility: "it's private",
        is_archived: 0,
        is_template: 1,
        size: 12,
        pushed_at: '2026-01-02T03:04:05Z',
        topics: '["a","b"]',
        license: null,
        homepage: null,
        last_seen_at: '2026-01-02T03:04:05.678Z',
        version: 3,
      },
    ])
  })

  it('follows the declaration at the next opening, and is left alone where it already does', async () => {
    const file = join(folders.make(), 'g.db')
    const schemaVersion = () => query(file, 'pragma schema_version')
    await (await open(file, [repository])).close()
    const before = await schemaVersion()
    await (await open(file, [repository])).close()
    expect(await schemaVersion()).toEqual(before)
    await (await open(file, [{ ...repository, fields: { stars: number.readOnly('Its stars.') } }])).close()
    expect(await query(file, "select name from pragma_table_info('github_repository')")).toEqual(
      ['connection_id', 'resource_id', 'node_id', 'title', 'stars', 'last_seen_at', 'version'].map((name) => ({
        name,
      })),
    )
  })

  it('refuses a field that would hide a column of every view', async () => {
    const hiding = { ...repository, fields: { nodeId: text.readOnly('Its id.') } }
    await expect(open(':memory:', [hiding])).rejects.toThrow('The field nodeId would hide the column node_id')
  })
})
