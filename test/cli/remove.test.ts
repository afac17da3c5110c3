import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { connect } from '../support/connect.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { guardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(60_000)

let town: Guarded
let env: Record<string, string>
let folder: string
const run = (...args: string[]) => inProcess(args, env)
const token = () =>
  town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes: ['repo', 'admin:org', 'admin:org_hook'] })

beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
  env = {
    DATABASE_URL: `file:${town.config.databaseFile}`,
    GUARDPOST_SECRET_KEY: town.config.secretKey ?? '',
    GUARDPOST_URL: town.config.url,
    GHE_HOST: new URL(town.sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
  }
})
afterAll(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
  rmSync(folder, { recursive: true })
})

const status = async (kind: 'app' | 'token') =>
  (await town.guardpost.means.store.connections.list()).find((each) => each.kind === kind)?.status

/** In one process the one would wait for the other's lock, and the other for its turn. */
async function unwatched(...args: string[]) {
  await town.stop()
  try {
    return await run(...args)
  } finally {
    await town.start()
    await town.settle()
  }
}

describe('of an organization that is connected by the App', () => {
  it.each([
    [['remove', 'acme'], /^Nobody is there to type the name: say --yes acme\. Nothing was removed\.\n$/],
    [
      ['remove', 'acme', '--yes', 'other'],
      /^--yes says other, but the organization is acme\. Nothing was removed\.\n$/,
    ],
    [['remove', 'other', '--yes', 'other'], /^No organization other is connected\. Connected: acme\.\n$/],
    [
      ['remove', 'acme', '--yes', 'acme', '--export', '/nowhere/x'],
      /^\/nowhere\/x cannot be written \(ENOENT\): name a new/,
    ],
  ])('%j is wrong, with status 2', async (args, message) => {
    const { status: code, stderr } = await run(...args)
    expect(stderr).toMatch(message)
    expect([code, await status('app')]).toEqual([2, 'active'])
  })

  it('has the Guardpost that runs do it, and follows', async () => {
    const { status: code, stdout, stderr } = await guardpost(['remove', 'acme', '--yes', 'ACME'], { env })
    expect(stdout).toMatch(
      /^This removes acme, connected by the App:\n {2}recorded: 10 resources, 6 controls, 0 policy settings, \d+ activities, \d+ deliver/,
    )
    expect(stdout).toMatch(
      /\nacme is removed\.\nLeft to an owner of acme: Uninstall the App, .*\/installations\/\d+\n$/,
    )
    expect(stderr).toMatch(/Removed\.\n$/)
    expect([code, await status('app')]).toEqual([0, 'removed'])
    expect((await run('remove', 'acme', '--yes', 'acme')).stderr).toBe('No organization acme is connected. None is.\n')
  })
})

describe('of an organization that is connected by a token', () => {
  it('does it itself where none runs, and exports before', async () => {
    await connect(town, token())
    const file = join(folder, 'acme.jsonl')
    const args = ['remove', 'acme', '--yes', 'acme', '--export', file, '--json']
    const { status: code, stdout } = await unwatched(...args)
    expect(JSON.parse(stdout)).toMatchObject([{ organization: 'acme', kind: 'token', removed: true, failure: null }])
    const kinds = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind)
    expect(new Set(kinds)).toEqual(new Set(['connection', 'resource', 'control', 'activity']))
    expect([code, await status('token')]).toEqual([0, 'removed'])
  })

  it('says what GitHub refuses with status 1, and goes on with --forget', async () => {
    const { value } = token()
    await connect(town, { value })
    town.sim.revokeToken({ value })
    const refused = await unwatched('remove', 'acme', '--yes', 'acme')
    expect(refused.stdout).toMatch(
      /\nacme is not removed yet\. GitHub does not accept the token of acme: .*\nMend that and/,
    )
    expect([refused.status, await status('token')]).toEqual([1, 'removing'])
    const forgotten = await unwatched('remove', 'acme', '--yes', 'acme', '--forget', '--json')
    expect([forgotten.status, await status('token')]).toEqual([0, 'removed'])
  })
})
