import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { appManifest } from '../../src/engine/manifest.ts'
import { reporters } from '../../src/reporters/index.ts'
import { appHookPath } from '../../src/server/webhooks.ts'
import type { App } from '../../src/simulator/app.ts'
import type { DeliveryAbout } from '../../src/simulator/faults/delivery-fault.ts'
import type { Hook } from '../../src/simulator/hook.ts'
import type { SeenRequest } from '../../src/simulator/http/seen-request.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { startProcess } from '../crash/server-process.ts'
import { guardBoth } from './guard-both.ts'

const host = 'guardpost.example'
export const url = `https://${host}`
export const appHookUrl = `${url}${appHookPath}`

/** A request of Guardpost's, and when it came, in milliseconds. */
export interface Asked {
  readonly at: number
  readonly request: SeenRequest
}

/** A Guardpost that runs as a process and guards two organizations: one by the App, one by a token. */
export interface FaultyWorld {
  readonly sim: Simulator
  readonly app: App
  readonly byApp: Organization
  readonly byToken: Organization
  /** Nobody guards it. */
  readonly elsewhere: Organization
  readonly installation: Installation
  /** Guardpost's own record, to read. */
  readonly database: BetterSqlite3.Database
  /** Every request to GitHub, oldest first. */
  readonly asked: readonly Asked[]
  /** When GitHub had something to tell, by GUID, whatever became of the delivery. */
  readonly told: ReadonlyMap<string, number>
  /** Every hook that ever was to be told something. */
  readonly hooks: ReadonlySet<Hook>
  /** Ends Guardpost as a loss of power would. */
  kill(): Promise<void>
  /** Starts it on the same database. */
  start(): Promise<void>
  /** Has Guardpost judge what it knows of the organizations afresh. */
  judge(): void
  /** Keeps Guardpost from writing for so many milliseconds. */
  lockStore(milliseconds: number): Promise<void>
  /** Resolves when every control of the organizations themselves was judged after that time, in milliseconds. */
  judgedSince(time: number): Promise<void>
  /** Resolves when nothing is on its way and no job is due. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function faultyWorld(options: { random: () => number; repositories: number }): Promise<FaultyWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-faults-'))
  const file = join(folder, 'guardpost.sqlite')
  const asked: Asked[] = []
  const told = new Map<string, number>()
  const hooks = new Set<Hook>()
  const onRequest = (request: SeenRequest) => void asked.push({ at: Date.now(), request })
  const sim = await startSimulator({ flavour: 'ghes', random: options.random, onRequest })
  const note = ({ guid, hook }: DeliveryAbout): false => {
    if (!told.has(guid)) told.set(guid, Date.now())
    hooks.add(hook)
    return false
  }
  // Strikes nothing: the only place that sees a delivery before anything can become of it.
  sim.faults.deliveries({ fault: { kind: 'delay', ms: 0 }, when: note })
  const { app, byApp, byToken, elsewhere } = settled(sim, options.repositories)
  const environment = {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: appWebhookSecret,
    GHE_HOST: new URL(sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
    GUARDPOST_URL: url,
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${file}`,
  }
  const installation = sim.install(app, byApp)
  const scopes = ['repo', 'admin:org', 'admin:org_hook']
  const token = sim.createToken({ user: byToken.owner, kind: 'classic', scopes })
  const start = async () => {
    const started = await startProcess(environment)
    sim.addDns(host, started.address)
    return started
  }
  await guardBoth(environment, byToken, token.value)
  let server = await start()
  const database = new BetterSqlite3(file, { readonly: true })
  const writing = new BetterSqlite3(file)
  const settle = () => settledDown(sim, database)
  await settle()
  return {
    sim,
    app,
    byApp,
    byToken,
    elsewhere,
    installation,
    database,
    asked,
    told,
    hooks,
    kill: () => server.kill(),
    start: async () => {
      server = await start()
    },
    judge: () => judgeAfresh(writing),
    lockStore: async (milliseconds) => {
      writing.exec('begin immediate')
      await later(milliseconds)
      writing.exec('rollback')
    },
    judgedSince: (time) => judgedSince(database, time),
    settle,
    close: async () => {
      await server.kill()
      database.close()
      writing.close()
      await sim.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const appWebhookSecret = 'the secret of the App, under faults'

function settled(sim: Simulator, repositories: number) {
  const [byApp, byToken, elsewhere] = ['acme', 'globex', 'elsewhere'].map((login) => sim.createOrganization({ login }))
  if (!byApp || !byToken || !elsewhere) throw new Error('There are three organizations.')
  const manifest = appManifest(reporters, { name: 'Guardpost', url, hookUrl: appHookUrl })
  const app = sim.createApp({
    name: 'Guardpost',
    owner: byApp,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhook: { url: appHookUrl, contentType: 'json', secret: appWebhookSecret },
  })
  for (const org of [byApp, byToken]) {
    org.createRepository({ name: '.github-private', visibility: 'private' })
    for (let index = 0; index < repositories; index++)
      org.createRepository({ name: `repo-${index}`, visibility: 'private' })
  }
  return { app, byApp, byToken, elsewhere }
}

/** What “Run control” does, for every control of an organization itself. */
function judgeAfresh(database: BetterSqlite3.Database): void {
  const controls = database
    .prepare(
      `select c.connection_id as connection, c.resource_id as resource, c.path from controls c
       join resources r on r.id = c.resource_id where r.type = 'GitHub > Organization'`,
    )
    .all() as { connection: number; resource: number; path: string }[]
  const now = Date.now()
  for (const { connection, resource, path } of controls) {
    const lock = `resource:${connection}:${resource}`
    const payload = JSON.stringify({ path, resourceId: resource, why: 'a person', fresh: true })
    database
      .prepare(
        `insert into jobs (kind, connection_id, key, lock, payload, run_at, created_at)
         values ('control', ?, ?, ?, ?, ?, ?)
         on conflict (key) where state = 'queued' do update set run_at = excluded.run_at`,
      )
      .run(connection, `control:${lock}:${path}:fresh`, lock, payload, now, now)
  }
}

async function judgedSince(database: BetterSqlite3.Database, time: number): Promise<void> {
  const unjudged = database
    .prepare(
      `select count(*) from controls c join resources r on r.id = c.resource_id
       left join runs u on u.id = c.last_run_id
       where r.type = 'GitHub > Organization' and coalesce(u.started_at, 0) < ?`,
    )
    .pluck()
  for (const patience = Date.now() + 60_000; unjudged.get(time) !== 0; await later(20))
    if (Date.now() > patience) throw new Error('The controls are not judged.')
}

async function settledDown(sim: Simulator, database: BetterSqlite3.Database): Promise<void> {
  const due = database.prepare(
    `select (select count(*) from jobs where state = 'running' or (state = 'queued' and run_at <= ?))
       + (select count(*) from arrivals)`,
  )
  const patience = Date.now() + 90_000
  for (let quiet = 0; quiet < 3; ) {
    await sim.idle()
    quiet = due.pluck().get(Date.now()) === 0 ? quiet + 1 : 0
    await later(20)
    if (Date.now() > patience) {
      const left = database.prepare('select kind, key, state, attempts, error from jobs').all()
      throw new Error(`It does not come to rest: ${JSON.stringify(left)}`)
    }
  }
}
