import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { migrations } from '../../src/store/migrations/index.ts'
import { connect } from '../../src/store/sqlite.ts'
import { openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

describe('migrations', () => {
  it('make every table from an empty file, once', async () => {
    const file = join(folders.make(), 'g.db')
    await (await openTestStore(file)).close()
    await (await openTestStore(file)).close()
    const db = connect(file)
    const tables = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'
      order by name`.execute(db)
    expect(tables.rows.map(({ name }) => name)).toEqual([
      'activities',
      'arrivals',
      'audit_log_readings',
      'bundles',
      'connections',
      'controls',
      'deliveries',
      'delivery_log',
      'delivery_log_readings',
      'discoveries',
      'enforcement_releases',
      'enforcement_switches',
      'enforcements',
      'events',
      'facts',
      'folders',
      'grants',
      'held_enforcements',
      'hooks',
      'jobs',
      'mutes',
      'people',
      'policy_attachments',
      'policy_packs',
      'policy_settings',
      'report_places',
      'reports',
      'resources',
      'runs',
      'sessions',
      'versions',
    ])
    const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
    expect(applied.rows).toEqual(Object.keys(migrations).map((name) => ({ name })))
    await db.destroy()
  })

  it('refuse a database of a newer version, and leave it as it is', async () => {
    const file = join(folders.make(), 'g.db')
    await (await openTestStore(file)).close()
    const db = connect(file)
    await sql`insert into kysely_migration (name, timestamp) values ('0999-later', '2030-01-01')`.execute(db)
    await db.destroy()
    await expect(openTestStore(file)).rejects.toThrow(
      'The database was written by a newer Guardpost (it has 0999-later, which this one does not know).',
    )
  })
})
