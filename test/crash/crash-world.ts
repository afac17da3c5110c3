import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { appManifest } from '../../src/engine/manifest.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import { reporters } from '../../src/reporters/index.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { newSetting } from '../support/setting.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const path = 'GitHub > Organization > Event Handlers'
const host = 'guardpost.example'

/** A Guardpost that runs as a process, beside the GitHub it guards an organization of. */
export interface CrashWorld {
  readonly sim: Simulator
  readonly org: Organization
  readonly installation: Installation
  readonly server: ServerProcess
  /** `hook GUID` → status of every delivery that was kept. */
  kept(): ReadonlyMap<string, string>
  /** Starts it again on the same database. */
  restart(): Promise<void>
  /** Resolves when nothing is on its way and no job is due. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The policy asks for an organization webhook under Enforce, so that checks, issues and webhooks are all being made. */
export async function crashWorld(): Promise<CrashWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-crash-'))
  const sim = await startSimulator({ flavour: 'ghes' })
  const org = sim.createOrganization({ login: 'acme' })
  const hookUrl = `https://${host}/api/github/webhooks`
  const manifest = appManifest(reporters, { name: 'Guardpost', url: `https://${host}`, hookUrl })
  const secret = 'the secret of the App, for crashes'
  const app = sim.createApp({
    name: 'Guardpost',
    owner: org,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhook: { url: hookUrl, contentType: 'json', secret },
  })
  org.createRepository({ name: '.github-private', visibility: 'private' })
  const environment = {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: secret,
    GHE_HOST: new URL(sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
    GUARDPOST_URL: `https://${host}`,
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${join(folder, 'guardpost.sqlite')}`,
  }
  const installation = sim.install(app, org)
  const start = async () => {
    const started = await startProcess(environment)
    sim.addDns(host, started.address)
    return started
  }
  await connect(environment)
  // Only a process that ends by itself leaves to the next ones what it compiled.
  await (await start()).end()
  let server = await start()
  const database = new BetterSqlite3(join(folder, 'guardpost.sqlite'), { readonly: true })
  const settle = () => settled(sim, database)
  await settle()
  return {
    sim,
    org,
    installation,
    get server() {
      return server
    },
    kept: () => {
      const rows = database.prepare('select hook_id, guid, status from deliveries').all()
      return new Map((rows as Kept[]).map(({ hook_id, guid, status }) => [`${hook_id} ${guid}`, status]))
    },
    restart: async () => {
      server = await start()
    },
    settle,
    close: async () => {
      await server.kill()
      database.close()
      await sim.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Kept = { hook_id: string; guid: string; status: string }

/** Connects the organization and sets the policies, before any process runs. */
async function connect(environment: Readonly<Record<string, string>>): Promise<void> {
  const guardpost = await compose(readConfig(environment), pino({ level: 'silent' }))
  const { store } = guardpost.means
  await guardpost.engine.start()
  await guardpost.engine.idle()
  const [connection] = await store.connections.list()
  const root = connection && (await store.resources.byTitle(connection.id, 'GitHub > Organization', 'acme'))
  if (!root) throw new Error('acme was not connected.')
  const place = { connectionId: root.connectionId, resourceId: root.id }
  await setPolicy(guardpost.means, newSetting(place, `${path} > Source`, 'Organization webhook'))
  await setPolicy(guardpost.means, newSetting(place, path, 'Enforce: Enabled'))
  await guardpost.close()
}

/** How long nothing may change before it is given up, in milliseconds: a busy machine is slow, and still moves. */
const patience = 30_000

async function settled(sim: Simulator, database: BetterSqlite3.Database): Promise<void> {
  const due = database
    .prepare(`select id, state from jobs where state = 'running' or (state = 'queued' and run_at <= ?)
      union all select id, 'arrived' from arrivals`)
    .raw()
  let [before, since] = ['', Date.now()]
  for (let quiet = 0; quiet < 3; ) {
    await sim.idle()
    const left = due.all(Date.now())
    quiet = left.length === 0 ? quiet + 1 : 0
    if (JSON.stringify(left) !== before) [before, since] = [JSON.stringify(left), Date.now()]
    await later(20)
    if (quiet === 0 && Date.now() - since > patience) {
      const all = database.prepare('select kind, key, state, error from jobs').all()
      throw new Error(`It does not come to rest: ${JSON.stringify(all)}`)
    }
  }
}
