import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { guardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

let g: Guarded
let env: Record<string, string>
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-backup-'))
  g = await guarded({ flavour: 'ghes' })
  g.install()
  await g.settle()
  env = { DATABASE_URL: `file:${g.config.databaseFile}` }
})
afterEach(async () => {
  await g.close()
  rmSync(folder, { recursive: true })
})

const titles = async () => {
  const { store } = g.guardpost.means
  const [connection] = await store.connections.list()
  const all = await store.resources.list(connection?.id ?? 0, { type: 'GitHub > Repository', gone: false })
  return all.map(({ title }) => title)
}

describe('guardpost backup', () => {
  it('copies a database in use, and a Guardpost works on the copy', async () => {
    const file = join(folder, 'copy.sqlite')
    const made = guardpost(['backup', file], { env })
    for (let index = 0; index < 8; index++) {
      g.org.createRepository({ name: `meanwhile-${index}` })
      await g.settle()
    }
    const { status, stdout, stderr } = await made
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(
      / holds the database as it was when the backup began, \d+ bytes\.\nThe secret key is not in it: /,
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['copy.sqlite'])

    await g.stop()
    for (const part of ['', '-wal', '-shm']) rmSync(g.config.databaseFile + part, { force: true })
    copyFileSync(file, g.config.databaseFile)
    g.org.createRepository({ name: 'after' })
    await g.start()
    expect((await titles())[0]).toBe('acme/.github-private')
    await g.settle()
    expect((await titles()).toSorted()).toEqual(
      [...g.org.repositories.values()].map(({ name }) => `acme/${name}`).sort(),
    )
    expect(await g.control()).toMatchObject({ state: 'ok' })
  })

  it('overwrites nothing, and leaves nothing behind where it fails', async () => {
    const file = join(folder, 'there')
    writeFileSync(file, 'precious')
    expect(await inProcess(['backup', file], env)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${file} is there already: a backup overwrites nothing.\n`,
    })
    writeFileSync(join(folder, 'no-database'), 'hello')
    const broken = { DATABASE_URL: `file:${join(folder, 'no-database')}` }
    expect((await inProcess(['backup', join(folder, 'x')], broken)).status).toBe(1)
    expect((await inProcess(['backup', join(folder, 'nowhere', 'x')], env)).stderr).toMatch(
      /x\.partial cannot be written \(ENOENT\)\.\n$/,
    )
    expect((await inProcess(['backup', file], { DATABASE_URL: 'file:/nowhere/g' })).stderr).toMatch(
      /^There is no database/,
    )
    expect(readdirSync(folder).toSorted()).toEqual(['no-database', 'there'])
  })

  it('does not open with another key', async () => {
    const file = join(folder, 'copy.sqlite')
    expect(JSON.parse((await inProcess(['backup', file, '--json'], env)).stdout)).toMatchObject({
      file,
      secretKey: false,
    })
    const other = { DATABASE_URL: `file:${file}`, GUARDPOST_SECRET_KEY: 'cd'.repeat(32) }
    expect((await inProcess(['resources'], other)).stderr).toMatch(
      /^The secret key is not the one this database was made/,
    )
    expect(existsSync(file)).toBe(true)
  })
})
