import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { appManifest } from '../../src/engine/manifest.ts'
import { reporters } from '../../src/reporters/index.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { openTestStore, secretKey, testFolders } from '../store/test-store.ts'
import { openApiJudge } from '../support/openapi-judge.ts'
import { inProcess } from './in-process.ts'

const folders = testFolders()
let sim: Simulator
let org: Organization
let file: string
let env: Record<string, string>

beforeEach(async () => {
  sim = await startSimulator({ flavour: 'ghes', onRequest: openApiJudge() })
  org = sim.createOrganization({ login: 'acme' })
  file = `${folders.make()}/guardpost.sqlite`
  await (await openTestStore(file)).close()
  env = {
    DATABASE_URL: `file:${file}`,
    GUARDPOST_SECRET_KEY: secretKey.toString('hex'),
    GHE_HOST: new URL(sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
  }
})
afterEach(async () => {
  expect(sim.judged).toEqual([])
  await sim.close()
  folders.removeAll()
})

const token = (scopes = ['repo', 'admin:org', 'admin:org_hook']) =>
  sim.createToken({ user: org.owner, kind: 'classic', scopes }).value
const run = (...args: string[]) => inProcess(args, env)
const byToken = (input: string, ...more: string[]) =>
  inProcess(['connect', `${sim.htmlUrl}/acme`, '--token-stdin', ...more], env, input)

async function status(): Promise<string[]> {
  const store = await openTestStore(file)
  try {
    return (await store.connections.list()).map((each) => each.status)
  } finally {
    await store.close()
  }
}

it('tries a token, refuses, keeps with a warning, and replaces', async () => {
  expect(await byToken('\n')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'Standard input holds no token: `… --token-stdin < FILE`.\n',
  })
  const refused = await byToken('ghp_of_nobody')
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toMatch(
    /^Refused: Token: .*acme.*\n {2}What to do \(the owner of the token\): Make a new classic token.*\nacme is not connected\.\n$/,
  )
  expect(refused.stderr).not.toContain('ghp_of_nobody')
  expect(JSON.parse((await byToken('ghp_of_nobody', '--json')).stdout)).toMatchObject({
    connected: false,
    refused: true,
  })
  expect((await run('controls', '--organization', 'acme')).stderr).toBe(
    'No organization acme is connected. None is yet.\n',
  )

  const tried = await byToken(token(['repo', 'admin:org']), '--check')
  expect(tried.stdout).toContain('Warning: Scope `admin:org_hook`: missing; it is needed so that ')
  expect(tried.stdout).toMatch(/\nacme can be connected\. Nothing was kept\.\n$/)
  expect([tried.status, await status()]).toEqual([0, []])

  const connected = await byToken(`${token()}\n`)
  expect(connected).toMatchObject({ status: 0, stderr: '' })
  expect(connected.stdout).toMatch(/\nConnected acme\. `guardpost start` discovers it\.\n$/)
  const again = JSON.parse((await byToken(token(), '--json')).stdout)
  expect(again).toMatchObject({ organization: 'acme', connected: true, replaced: true, refused: false })
  expect([await status(), (await run('controls', '--organization', 'acme')).status]).toEqual([['active'], 0])
})

it('says where the App is installed, and takes up an installation that was removed here', async () => {
  const app = appOf()
  Object.assign(env, { APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, WEBHOOK_SECRET: 'a secret' })
  const url = `${sim.htmlUrl}/acme`
  const missing = await run('connect', url)
  expect(missing).toMatchObject({ status: 1, stdout: '' })
  expect(missing.stderr).toMatch(/Refused: Installation: The App is not installed on acme\.\n.*\/installations\/new\n/)
  sim.install(app, org)
  expect((await run('connect', url)).stdout).toMatch(/\nConnected acme\. /)
  expect(await run('remove', 'acme', '--yes', 'acme')).toMatchObject({ status: 0 })
  expect(await status()).toEqual(['removed'])
  expect((await run('connect', url)).stdout).toMatch(/\nConnected acme\. /)
  expect(await status()).toEqual(['active'])
})

const hookUrl = 'https://guardpost.example/api/github/webhooks'

function appOf() {
  const { default_permissions: permissions, default_events: events } = appManifest(reporters, {
    name: 'Guardpost',
    url: 'https://guardpost.example',
    hookUrl,
  })
  const webhook = { url: hookUrl, secret: 'a secret' }
  return sim.createApp({ name: 'Guardpost', owner: org, permissions, events, webhook })
}
