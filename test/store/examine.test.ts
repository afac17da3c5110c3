import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { openStore } from '../../src/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const opened = () =>
  openStore({ file: join(folder, 'guardpost.sqlite'), secretKey: new Uint8Array(32), clock: Date.now, types: [] })

it('finds a sound database whole, and says how large it is', async () => {
  const store = await opened()
  const { damage, bytes, logBytes, shape, engine } = await store.examine()
  expect(damage).toEqual([])
  expect(bytes).toBe(statSync(join(folder, 'guardpost.sqlite')).size)
  expect(logBytes).toBe(statSync(join(folder, 'guardpost.sqlite-wal')).size)
  expect(shape).toMatch(/^\d{4}-/)
  expect(engine).toMatch(/^SQLite 3\.\d+\.\d+$/)
  await store.close()
})

it('says what is damaged', async () => {
  await (await opened()).close()
  const file = join(folder, 'guardpost.sqlite')
  // The root of an index that nothing reads when the database is opened.
  const database = new BetterSqlite3(file)
  const page = database.prepare("select rootpage from sqlite_master where type = 'index' and tbl_name = 'activities'")
  const root = Number(page.pluck().get())
  database.close()
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(4_096, 0xff), 0, 4_096, (root - 1) * 4_096)
  closeSync(descriptor)
  const store = await opened()
  const { damage } = await store.examine()
  expect(damage.length).toBeGreaterThan(0)
  expect(damage.join(' ')).toMatch(/btreeInitPage|malformed|missing from index/)
  await store.close()
})
