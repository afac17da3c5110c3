import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { guardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(60_000)

let town: Guarded
let env: Record<string, string>
let folder: string
const run = (...args: string[]) => inProcess(args, env)
const spawned = (...args: string[]) => guardpost(args, { env })
const connect = (input: string, ...more: string[]) =>
  guardpost(['connect', `${town.sim.htmlUrl}/acme`, '--token-stdin', ...more], { env, input })
const token = (scopes = ['repo', 'admin:org', 'admin:org_hook']) =>
  town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes }).value

beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  // In one process the one would wait for the other's lock, and the other for its turn.
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
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
  rmSync(folder, { recursive: true })
})

const withApp = () => {
  const { id, privateKey, webhookSecret } = town.config.app ?? { id: 0, privateKey: '', webhookSecret: '' }
  Object.assign(env, { APP_ID: String(id), PRIVATE_KEY: privateKey, WEBHOOK_SECRET: webhookSecret })
}

const status = async () => (await town.guardpost.means.store.connections.list()).map((each) => each.status)

describe('guardpost connect', () => {
  it('tries, refuses, keeps with a warning, and replaces', async () => {
    const refused = await connect('ghp_of_nobody')
    expect(refused).toMatchObject({ status: 1, stderr: '' })
    expect(refused.stdout).toMatch(
      /^Refused: Token: .*acme.*\n {2}What to do \(the owner of the token\): Make a new classic token.*\nacme is not connected\.\n$/,
    )
    expect(await status()).toEqual([])

    const tried = await connect(token(['repo', 'admin:org']), '--check')
    expect(tried.stdout).toContain('Warning: Scope `admin:org_hook`: missing; it is needed so that ')
    expect(tried.stdout).toMatch(/\nacme can be connected\. Nothing was kept\.\n$/)
    expect([tried.status, await status()]).toEqual([0, []])

    expect((await connect(token())).stdout).toMatch(/\nConnected acme\. `guardpost start` discovers it\.\n$/)
    const again = JSON.parse((await connect(token(), '--json')).stdout)
    expect(again).toMatchObject({ organization: 'acme', connected: true, replaced: true, refused: false })
    expect(await status()).toEqual(['active'])
  })

  it('says where the App is installed, and takes up an installation that was removed here', async () => {
    withApp()
    const url = `${town.sim.htmlUrl}/acme`
    const missing = await spawned('connect', url)
    expect(missing).toMatchObject({ status: 1, stderr: '' })
    expect(missing.stdout).toMatch(
      /Refused: Installation: The App is not installed on acme\.\n.*\/installations\/new\n/,
    )
    town.install()
    await town.settle()
    expect(await spawned('remove', 'acme', '--yes', 'acme')).toMatchObject({ status: 0 })
    await town.stop()
    await town.start()
    await town.settle()
    expect(await status()).toEqual(['removed'])
    expect((await spawned('connect', url)).stdout).toMatch(/\nConnected acme\. /)
    await town.settle()
    expect(await status()).toEqual(['active'])
    expect(await town.control()).toMatchObject({ state: 'ok' })
  })
})

describe('guardpost remove', () => {
  it('has the Guardpost that runs do it, and follows', async () => {
    town.install()
    await town.settle()
    const { status: code, stdout, stderr } = await spawned('remove', 'acme', '--yes', 'ACME')
    expect(stdout).toMatch(
      /^This removes acme, connected by the App:\n {2}recorded: 8 resources, 4 controls, 0 policy settings, \d+ activities, \d+ deliver/,
    )
    expect(stdout).toMatch(
      /\nacme is removed\.\nLeft to an owner of acme: Uninstall the App, .*\/installations\/\d+\n$/,
    )
    expect(stderr).toMatch(/Removed\.\n$/)
    expect([code, await status()]).toEqual([0, ['removed']])
    expect((await run('remove', 'acme', '--yes', 'acme')).stderr).toBe('No organization acme is connected. None is.\n')
  })

  it('does it itself where none runs, and exports before', async () => {
    await connect(token())
    await town.settle()
    await town.stop()
    const file = join(folder, 'acme.jsonl')
    const { status: code, stdout } = await run('remove', 'acme', '--yes', 'acme', '--export', file, '--json')
    expect(JSON.parse(stdout)).toMatchObject([{ organization: 'acme', kind: 'token', removed: true, failure: null }])
    const kinds = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind)
    expect(new Set(kinds)).toEqual(new Set(['connection', 'resource', 'control', 'activity']))
    await town.start()
    expect([code, await status()]).toEqual([0, ['removed']])
  })

  it('says what GitHub refuses with status 1, and goes on with --forget', async () => {
    const value = token()
    await connect(value)
    await town.settle()
    town.sim.revokeToken({ value })
    const refused = await spawned('remove', 'acme', '--yes', 'acme')
    expect(refused.stdout).toMatch(
      /\nacme is not removed yet\. GitHub does not accept the token of acme: .*\nMend that and/,
    )
    expect([refused.status, await status()]).toEqual([1, ['removing']])
    const forgotten = await spawned('remove', 'acme', '--yes', 'acme', '--forget', '--json')
    expect([forgotten.status, await status()]).toEqual([0, ['removed']])
  })

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
    town.install()
    await town.settle()
    const { status: code, stderr } = await run(...args)
    expect(stderr).toMatch(message)
    expect([code, await status()]).toEqual([2, ['active']])
  })
})
