import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { compose, type Guardpost } from '../../src/compose.ts'
import type { Config } from '../../src/config.ts'
import { controlJob } from '../../src/engine/jobs.ts'
import { appManifest } from '../../src/engine/manifest.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import type { ControlRecord, Run } from '../../src/model/control.ts'
import type { PolicyAnswer } from '../../src/model/policy.ts'
import { firstPlan } from '../../src/policies/enforcement.ts'
import { reporters } from '../../src/reporters/index.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { startServer } from '../../src/server/server.ts'
import { appHookPath } from '../../src/server/webhooks.ts'
import type { App } from '../../src/simulator/app.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { layingDatabases } from '../store/lay-database.ts'
import { openApiJudge } from './openapi-judge.ts'
import { newSetting } from './setting.ts'

export const webhookSecret = 'the secret of the App, for tests'
export const eventHandlersPath = 'GitHub > Organization > Event Handlers'

export interface Guarded {
  readonly sim: Simulator
  readonly org: Organization
  readonly app: App
  readonly config: Config
  /** The reporting repository, `.github-private`. */
  readonly reporting: Repository
  /** Changes when restarted. */
  readonly guardpost: Guardpost
  /** `http://127.0.0.1:PORT` of the running server. */
  readonly address: string
  install(draft?: Parameters<Simulator['install']>[2]): Installation
  /** Resolves when neither GitHub nor Guardpost has anything left to do now. */
  settle(): Promise<void>
  control(path?: string, resource?: string): Promise<ControlRecord>
  run(path?: string): Promise<Run>
  /** As “Run control” does it: asks GitHub afresh, and settles. */
  judge(path?: string): Promise<void>
  set(path: string, value: PolicyAnswer): Promise<void>
  /** Ends the server and the engine, as if by an orderly stop. */
  stop(): Promise<void>
  /** Starts them again on the same database; `port` 0: at another address. */
  start(port?: number): Promise<void>
  /** Ends all. Rejects where GitHub was asked although one of its limits had said to wait. */
  close(): Promise<void>
}

const secretKey = 'ab'.repeat(32)
const layDatabase = layingDatabases(Buffer.from(secretKey, 'hex'), resourceTypes)

/**
 * A simulated organization `acme` with an App that asks for what the manifest asks for, and a Guardpost that serves it
 * over real HTTP from a database file. Every request to GitHub is judged against GitHub's own description.
 */
export async function guarded(
  options: { flavour?: 'github.com' | 'ghes'; url?: string; webhookProxyUrl?: string } = {},
): Promise<Guarded> {
  const url = options.url ?? 'https://guardpost.example'
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
  const sim = await startSimulator({ flavour: options.flavour ?? 'github.com', onRequest: openApiJudge() })
  const org = sim.createOrganization({ login: 'acme' })
  const hookUrl = options.webhookProxyUrl ?? `${url}${appHookPath}`
  const manifest = appManifest(reporters, { name: 'Guardpost', url, hookUrl })
  const app = sim.createApp({
    name: 'Guardpost',
    owner: org,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    callbackUrls: [`${url}/sign-in/github/callback`],
    webhook: { url: manifest.hook_attributes.url, secret: webhookSecret },
  })
  const reporting = org.createRepository({ name: '.github-private', visibility: 'private' })
  const config: Config = {
    app: { id: app.id, privateKey: app.privateKey, webhookSecret },
    token: null,
    signIn: { clientId: app.clientId, clientSecret: app.clientSecret },
    apiUrl: sim.apiUrl,
    host: '127.0.0.1',
    port: 0,
    url,
    webhookProxyUrl: options.webhookProxyUrl ?? null,
    databaseFile: join(folder, 'guardpost.sqlite'),
    secretKey,
    secretKeyFile: join(folder, 'guardpost.key'),
    logLevel: 'silent',
    metricsToken: null,
    maxQueuedJobs: 1_000_000,
    keep: { deliveries: null, runs: null, versions: null, activities: null },
  }
  await layDatabase(config.databaseFile)
  let running = await run(config, sim)

  const connection = async () => {
    const [first] = await running.guardpost.means.store.connections.list()
    if (!first) throw new Error('Nothing is connected.')
    return first
  }
  const resource = async (title = org.login) => {
    const type = title.includes('/') ? 'GitHub > Repository' : 'GitHub > Organization'
    const found = await running.guardpost.means.store.resources.byTitle((await connection()).id, type, title)
    if (!found) throw new Error(`${title} is not recorded.`)
    return found
  }
  const control = async (path = eventHandlersPath, title = org.login) => {
    const { id, connectionId } = await resource(title)
    const found = await running.guardpost.means.store.controls.byResource(connectionId, id, path)
    if (!found) throw new Error(`${path} was never run on ${title}.`)
    return found
  }
  const settle = async () => {
    let seen = -1
    while (seen !== sim.requests.length) {
      seen = sim.requests.length
      await sim.idle()
      await running.guardpost.engine.idle()
      await sim.idle()
    }
  }
  return {
    sim,
    org,
    app,
    config,
    reporting,
    get guardpost() {
      return running.guardpost
    },
    get address() {
      return `http://127.0.0.1:${running.server.port}`
    },
    install: (draft) => sim.install(app, org, draft),
    settle,
    async judge(path = eventHandlersPath) {
      const { store, clock } = running.guardpost.means
      const { id, connectionId } = await resource()
      await store.jobs.enqueue([
        controlJob(connectionId, { path, resourceId: id, why: 'a test', fresh: true }, clock()),
      ])
      await settle()
    },
    control,
    async run(path = eventHandlersPath) {
      const { id, connectionId } = await control(path)
      const last = await running.guardpost.means.store.controls.lastRun(connectionId, id)
      if (!last) throw new Error(`${path} was never run.`)
      return last
    },
    async set(path, value) {
      const { id, connectionId } = await resource()
      const { means } = running.guardpost
      const known = await means.store.policies.list(connectionId, firstPlan.path)
      const place = { connectionId, resourceId: id }
      // Tests of what an Enforce does need nobody to confirm it.
      if (String(value).startsWith('Enforce: ') && known.length === 0)
        await setPolicy(means, newSetting(place, firstPlan.path, 'Apply'))
      await setPolicy(means, newSetting(place, path, value))
    },
    stop: () => running.stop(),
    async start(port = 0) {
      running = await run({ ...config, port }, sim)
    },
    async close() {
      // GitHub first: while it keeps its connections, an orderly stop waits for requests on them.
      await sim.close()
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
      const again = sim.limits.hits.filter((hit) => hit.again)
      if (again.length > 0) throw new Error(`GitHub was asked again before it was time: ${JSON.stringify(again)}`)
    },
  }
}

async function run(config: Config, sim: Simulator) {
  const guardpost = await compose(config, pino({ level: 'silent' }))
  const server = await startServer(guardpost, config)
  sim.addDns(new URL(config.url).hostname, `http://127.0.0.1:${server.port}`)
  await guardpost.engine.start()
  const stop = async () => {
    await server.close()
    await guardpost.close()
  }
  return { guardpost, server, stop }
}
