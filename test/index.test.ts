import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { pino } from 'pino'
import { Probot } from 'probot'
import { appManifest } from '../src/engine/manifest.ts'
import guardpost from '../src/index.ts'
import { reporters } from '../src/reporters/index.ts'
import type { App } from '../src/simulator/app.ts'
import type { Organization } from '../src/simulator/organization.ts'
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts'
import { guarded, webhookSecret } from './support/guarded.ts'
import { openApiJudge } from './support/openapi-judge.ts'

/** What a GitHub Action does: Probot without a server, one event after the other, and the end. */
const program = `
  import { text } from 'node:stream/consumers'
  import { Probot } from 'probot'
  import guardpost from './src/index.ts'
  const { APP_ID: appId, PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret } = process.env
  const probot = new Probot({ appId, privateKey, secret, logLevel: 'fatal' })
  await probot.load(guardpost)
  for (const event of JSON.parse(await text(process.stdin))) await probot.receive(event)
`

describe('the application function, driven by probot.receive alone', () => {
  let folder: string
  let sim: Simulator
  let org: Organization
  let app: App
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
    sim = await startSimulator({ flavour: 'ghes', onRequest: openApiJudge() })
    org = sim.createOrganization({ login: 'acme' })
    const hookUrl = 'https://guardpost.example/api/github/webhooks'
    const manifest = appManifest(reporters, { name: 'Guardpost', url: 'https://guardpost.example', hookUrl })
    app = sim.createApp({
      name: 'Guardpost',
      owner: org,
      permissions: manifest.default_permissions,
      events: manifest.default_events,
      webhook: { url: hookUrl, contentType: 'json', secret: webhookSecret },
    })
    org.createRepository({ name: '.github-private', visibility: 'private' })
    sim.holdDeliveries()
  })
  afterEach(async () => {
    await sim.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = async (events: object[]) => {
    const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '--eval', program], {
      env: {
        APP_ID: String(app.id),
        PRIVATE_KEY: app.privateKey,
        WEBHOOK_SECRET: webhookSecret,
        GHE_HOST: new URL(sim.apiUrl).host,
        GHE_PROTOCOL: 'http',
        GUARDPOST_URL: 'https://guardpost.example',
        GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
        DATABASE_URL: `file:${join(folder, 'guardpost.sqlite')}`,
        LOG_LEVEL: 'silent',
      },
    })
    child.stdin.end(JSON.stringify(events))
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    return { said, code }
  }

  it('accepts, projects and judges, and lets the process end', async () => {
    sim.install(app, org)
    org.createRepository({ name: 'web' })
    const events = sim.held.map(({ guid, event, payload }) => ({ id: guid, name: event, payload: JSON.parse(payload) }))
    expect(events.map(({ name, payload }) => `${name}.${payload.action}`)).toEqual([
      'installation.created',
      'repository.created',
    ])
    expect(await run(events)).toEqual({ said: '', code: 0 })

    const database = new BetterSqlite3(join(folder, 'guardpost.sqlite'), { readonly: true })
    const controls = database
      .prepare(
        'select path, resources.title, state, reason from controls join resources on resources.id = resource_id order by 1, 2',
      )
      .all()
    const deliveries = database.prepare('select event, source, status from deliveries order by id').all()
    database.close()
    expect(deliveries).toEqual([
      { event: 'installation', source: 'probot', status: 'processed' },
      { event: 'repository', source: 'probot', status: 'processed' },
    ])
    expect(controls).toEqual([
      { path: 'GitHub > Organization > Blocked Users', title: 'acme', state: 'ok', reason: 'Nobody is named.' },
      { path: 'GitHub > Organization > CMDB', title: 'acme', state: 'ok', reason: 'Recorded.' },
      { path: 'GitHub > Organization > Event Handlers', title: 'acme', state: 'ok', reason: 'Configured' },
      {
        path: 'GitHub > Organization > Policy Files',
        title: 'acme',
        state: 'ok',
        reason: 'There are no policy files in acme/.github-private.',
      },
      {
        path: 'GitHub > Organization > Repository Discovery',
        title: 'acme',
        state: 'ok',
        reason: 'Every repository is found.',
      },
      { path: 'GitHub > Repository > CMDB', title: 'acme/.github-private', state: 'ok', reason: 'Recorded.' },
      { path: 'GitHub > Repository > CMDB', title: 'acme/web', state: 'ok', reason: 'Recorded.' },
    ])
    expect(sim.writes.map(({ method }) => method)).toContain('POST')
    expect(sim.judged).toEqual([])
  })
})

describe('the application function with a Guardpost handed in', () => {
  it('returns from an event when everything that follows from it is done', async () => {
    const town = await guarded({ flavour: 'ghes' })
    try {
      const { id: appId, privateKey } = town.app
      const log = pino({ level: 'silent' })
      const probot = new Probot({ appId, privateKey, secret: webhookSecret, log })
      await probot.load((loaded) => guardpost(loaded, { guardpost: town.guardpost }))
      await town.sim.idle()
      town.sim.holdDeliveries()
      town.install()
      for (const { guid, event, payload } of town.sim.held) {
        const received = { id: guid, name: event, payload: JSON.parse(payload) } as Parameters<Probot['receive']>[0]
        await probot.receive(received)
        await probot.receive(received)
      }
      expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
      expect(town.sim.judged).toEqual([])
    } finally {
      await town.close()
    }
  })
})
