import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { concernsOneRow, connect } from '../../src/store/sqlite.ts'
import { openTestStore, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

describe('a connection to SQLite', () => {
  it.each(['a new database', 'the same one reopened'])('is durable, checks references and waits: %s', async (name) => {
    const file = join(folders.make(), 'g.db')
    if (name !== 'a new database') await (await openTestStore(file)).close()
    const db = connect(file)
    const pragma = async (query: string) => Object.values((await sql.raw<object>(query).execute(db)).rows[0] ?? {})[0]
    expect(await pragma('pragma journal_mode')).toBe('wal')
    expect(await pragma('pragma synchronous')).toBe(2)
    expect(await pragma('pragma foreign_keys')).toBe(1)
    expect(await pragma('pragma busy_timeout')).toBe(5_000)
    await db.destroy()
  })

  it('makes the folder, and files that only their owner reads', async () => {
    const folder = join(folders.make(), 'data', 'deep')
    const file = join(folder, 'g.db')
    const store = await openTestStore(file)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
    await store.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('names the file that is no database', () => {
    const file = join(folders.make(), 'notes.txt')
    writeFileSync(
      file,
      'not a database, but longer than the header of one would be: a hundred bytes are read of it at first',
    )
    expect(() => connect(file)).toThrow(`The database ${file} cannot be opened: SqliteError: file is not a database`)
  })

  it('reports the error for which SQLite rolled back, not that of a second rollback', async () => {
    const db = connect(':memory:')
    await sql`create table rows (id integer)`.execute(db)
    await sql`create trigger full before insert on rows when new.id = 2
      begin select raise(rollback, 'disk full'); end`.execute(db)
    const work = db.transaction().execute(async (db) => {
      await sql`insert into rows values (1)`.execute(db)
      await sql`insert into rows values (2)`.execute(db)
    })
    await expect(work).rejects.toThrow('disk full')
    expect((await sql`select * from rows`.execute(db)).rows).toEqual([])
    await db.destroy()
  })

  it('tells an error of one row from one of the store', async () => {
    const db = connect(':memory:')
    await sql`create table rows (id integer primary key, name text not null)`.execute(db)
    const failure = (statement: string) =>
      sql
        .raw(statement)
        .execute(db)
        .catch((error: unknown) => error)
    expect(concernsOneRow(await failure('insert into rows values (1, null)'))).toBe(true)
    expect(concernsOneRow(await failure("insert into rows values ('one', 'a')"))).toBe(true)
    expect(concernsOneRow(await failure('insert into nowhere values (1)'))).toBe(false)
    await sql`pragma query_only = on`.execute(db)
    expect(concernsOneRow(await failure("insert into rows values (1, 'a')"))).toBe(false)
    await db.destroy()
  })
})
