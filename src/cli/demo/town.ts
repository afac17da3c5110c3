import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { compose, type Guardpost } from '../../compose.ts'
import type { Config } from '../../config.ts'
import { appManifest } from '../../engine/manifest.ts'
import { reporters } from '../../reporters/index.ts'
import { startServer } from '../../server/server.ts'
import { githubCallbackPath } from '../../server/sign-in/github-pages.ts'
import { appHookPath } from '../../server/webhooks.ts'
import type { App } from '../../simulator/app.ts'
import type { Installation } from '../../simulator/installation.ts'
import type { Organization } from '../../simulator/organization.ts'
import type { Repository } from '../../simulator/repository.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'

/** GitHub takes no loopback address for a webhook; in the simulated internet this name leads to our server. */
const publicUrl = 'https://guardpost.example'

/** The demo's world: an organization on a simulated GitHub, and a Guardpost that waits to be installed there. */
export interface Town {
  readonly sim: Simulator
  readonly org: Organization
  readonly app: App
  /** Where reports go: `.github-private`. */
  readonly reporting: Repository
  readonly guardpost: Guardpost
  readonly config: Config
  /** `http://127.0.0.1:PORT`, where people open the console. */
  readonly address: string
  /** Null until the guide has installed the App. */
  installation: Installation | null
  close(): Promise<void>
}

/** Opens it with its files in `folder`. What was opened before something fails is closed again. */
export async function openTown(folder: string): Promise<Town> {
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of closing.splice(0).toReversed()) await end()
  }
  try {
    return { ...(await build(folder, closing)), installation: null, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function build(folder: string, closing: (() => Promise<void>)[]): Promise<Omit<Town, 'installation' | 'close'>> {
  const sim = await startSimulator({ flavour: 'github.com' })
  closing.push(() => sim.close())
  const org = sim.createOrganization({ login: 'acme' })
  const reporting = org.createRepository({ name: '.github-private', visibility: 'private' })
  org.createRepository({ name: 'web', visibility: 'public', description: 'The website' })
  org.createRepository({ name: 'billing', visibility: 'private' })
  const webhookSecret = randomBytes(32).toString('hex')
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const app = createApp(sim, org, webhookSecret, address)
  const config: Config = {
    app: { id: app.id, privateKey: app.privateKey, webhookSecret },
    token: null,
    signIn: { clientId: app.clientId, clientSecret: app.clientSecret },
    apiUrl: sim.apiUrl,
    host: '127.0.0.1',
    port,
    url: publicUrl,
    webhookProxyUrl: null,
    databaseFile: join(folder, 'guardpost.sqlite'),
    secretKey: undefined,
    secretKeyFile: join(folder, 'guardpost.key'),
    logLevel: 'silent',
    metricsToken: null,
    maxQueuedJobs: 1_000_000,
    keep: { deliveries: null, runs: null, versions: null, activities: null },
  }
  const guardpost = await compose(config, pino({ level: config.logLevel }), address)
  closing.push(() => guardpost.close())
  const server = await startServer(guardpost, config)
  closing.push(() => server.close())
  sim.addDns(new URL(publicUrl).hostname, address)
  await guardpost.engine.start()
  return { sim, org, app, reporting, guardpost, config, address }
}

/** The console's address goes into what is built before anything listens, so a port is chosen by trying. */
async function freePort(): Promise<number> {
  const trial = createServer().listen(0, '127.0.0.1')
  await once(trial, 'listening')
  const { port } = trial.address() as AddressInfo
  trial.close()
  await once(trial, 'close')
  return port
}

/** The App as Guardpost's own manifest has it. */
function createApp(sim: Simulator, owner: Organization, secret: string, address: string): App {
  const manifest = appManifest(reporters, { name: 'Guardpost', url: publicUrl, hookUrl: `${publicUrl}${appHookPath}` })
  return sim.createApp({
    name: manifest.name,
    owner,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    callbackUrls: [`${address}${githubCallbackPath}`],
    webhook: { url: manifest.hook_attributes.url, secret },
  })
}
