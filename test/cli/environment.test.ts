import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { sql } from 'kysely'
import { connect } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { guardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

const key = randomBytes(32)
let folder: string
let taken: Server
let env: Record<string, string>
let app: Record<string, string>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
  const file = join(folder, 'guardpost.sqlite')
  const store = await openStore({ file, secretKey: key, clock: Date.now, types: [] })
  await store.close()
  env = { DATABASE_URL: `file:${file}`, GUARDPOST_SECRET_KEY: key.toString('base64') }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  taken = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => taken.once('listening', listening))
  app = {
    APP_ID: '1',
    PRIVATE_KEY: pem,
    WEBHOOK_SECRET: 'a secret',
    PORT: String((taken.address() as AddressInfo).port),
  }
})
afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true })
})

const run = (args: string[], more: Record<string, string>) => guardpost(args, { env: { ...env, ...more }, cwd: folder })

describe('an environment that does not do', () => {
  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'a key that is none',
      () => ({ GUARDPOST_SECRET_KEY: 'abc' }),
      /^GUARDPOST_SECRET_KEY does not hold a key: .*openssl/,
    ],
    [
      'another key',
      () => ({ GUARDPOST_SECRET_KEY: randomBytes(32).toString('base64') }),
      /^The secret key is not the one this database was made with/,
    ],
    [
      'no key',
      () => ({ GUARDPOST_SECRET_KEY: '', GUARDPOST_SECRET_KEY_FILE: join(folder, 'missing.key') }),
      /is there, but its key is not: \S+missing\.key does not exist\. Put the key file back/,
    ],
    [
      'a key file that cannot be read',
      () => ({ GUARDPOST_SECRET_KEY: '', GUARDPOST_SECRET_KEY_FILE: folder }),
      /cannot be used \(EISDIR\)\. .*GUARDPOST_SECRET_KEY_FILE, now \//,
    ],
    [
      'no database',
      () => ({ DATABASE_URL: `file:${join(folder, 'missing.sqlite')}` }),
      /^There is no database at \S+missing\.sqlite\. .*DATABASE_URL/,
    ],
    [
      'a database that is none',
      () => ({ DATABASE_URL: `file:${join(folder, 'text')}` }),
      /^The database \S+text cannot be opened: .*not a database/,
    ],
    ['a wrong number', () => ({ PORT: 'x' }), /^PORT is a number from 0 to 65535\.\n$/],
  ])('%s: what to do, with status 2', async (_, more, message) => {
    writeFileSync(join(folder, 'text'), 'This is no database, and long enough to be told from an empty one.')
    const { status, stdout, stderr } = await inProcess(['controls'], { ...env, ...more() })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(existsSync(join(folder, 'missing.key'))).toBe(false)
  })

  it('a database of a newer Guardpost: what to do, with status 2', async () => {
    const file = join(folder, 'newer.sqlite')
    await (await openStore({ file, secretKey: key, clock: Date.now, types: [] })).close()
    const db = connect(file)
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db)
    await db.destroy()
    const { status, stderr } = await inProcess(['controls'], { ...env, DATABASE_URL: `file:${file}` })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^The database was written by a newer Guardpost \(it has 9999-later,/)
  })
})

describe('guardpost start', () => {
  it('says which port is in use, with status 2', async () => {
    const { status, stderr } = await run(['start'], { ...app, LOG_LEVEL: 'silent' })
    expect(stderr).toBe(`Port ${app.PORT} of 127.0.0.1 is in use. Set PORT to a free one.\n`)
    expect(status).toBe(2)
  })
})
