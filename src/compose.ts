import { readFileSync } from 'node:fs'
import { type Logger, pino } from 'pino'
import { type Config, completed, isPublic, WrongConfiguration } from './config.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import { logFields } from './engine/log-context.ts'
import type { Addresses, Log, Means } from './engine/means.ts'
import { githubClients } from './github/clients.ts'
import { githubRegistrar } from './github/registrar.ts'
import { githubSignIn } from './github/sign-in.ts'
import type { Queries } from './model/query.ts'
import type { Registrar } from './model/set-up.ts'
import type { Store } from './model/store.ts'
import { reporters } from './reporters/index.ts'
import { policyFilesReporter } from './reporters/policy-files.ts'
import { resourceTypes } from './resources/index.ts'
import { countedClients } from './server/counted-clients.ts'
import { createMetrics, type Metrics } from './server/metrics.ts'
import { type Access, createAccess } from './server/sign-in/access.ts'
import { channelOfHook } from './server/tunnel/channel-of-hook.ts'
import { appHookPath, hookPath } from './server/webhooks.ts'
import { backUp, CannotBackUp } from './store/back-up.ts'
import { queriesOn } from './store/query/queries.ts'
import { readSecretKey, type SecretKey } from './store/secret-key.ts'
import { openStore } from './store/store.ts'

/** Everything put together. */
export interface Guardpost {
  readonly means: Means
  readonly engine: Engine
  readonly log: Log
  readonly metrics: Metrics
  readonly access: Access
  readonly secretKey: SecretKey
  /** The environment, and what set-up keeps where that says nothing. */
  readonly config: Config
  readonly version: string
  /** Ends the work that runs, then closes the store. */
  close(): Promise<void>
}

/** SQLite needs room to end what was begun, and other programs some as well. */
const leastFreeBytes = 100 * 1024 * 1024
/** Deliveries whose bodies wait in memory; those that are large are bounded besides, by what they take together. */
const mostPending = 5_000

/** The log of the process, JSON, one line each; on each line the job, the delivery or the request it belongs to. */
export const logger = (level: string): Logger => pino({ level, mixin: logFields })

/**
 * Builds store, clients, reporters and engine, and hands them to each other. Starts nothing. `consoleUrl`: where people
 * reach the console, if not where GitHub reaches us.
 */
export async function compose(
  environment: Config,
  log: Log = logger(environment.logLevel),
  consoleUrl: string = environment.url,
): Promise<Guardpost> {
  const clock = Date.now
  const { databaseFile: file } = environment
  const secretKey = await readSecretKey({ fromEnvironment: environment.secretKey, file: environment.secretKeyFile })
  const store = await openStore({ file, secretKey: secretKey.key, clock, types: resourceTypes })
  const config = await withSetUp(environment, store)
  const clients = githubClients({
    apiUrl: config.apiUrl,
    app: config.app,
    token: async (connectionId) => config.token ?? (await store.connections.token(connectionId)),
    version: version(),
    log,
    clock,
  })
  const metrics = createMetrics({ store, budgets: () => clients.budgets(), clock }, version())
  const means: Means = {
    store,
    clients: countedClients(clients, metrics.meter),
    reporters,
    policyFilesReporter,
    addresses: addressesOf(config, consoleUrl),
    appWebhookSecret: config.app?.webhookSecret ?? null,
    clock,
    random: Math.random,
    log,
    meter: metrics.meter,
    keep: config.keep,
    intakeLimits: { queuedJobs: config.maxQueuedJobs, freeBytes: leastFreeBytes, pending: mostPending },
  }
  const engine = createEngine(means)
  const access = createAccess({
    store,
    clients: means.clients,
    clock,
    log,
    url: consoleUrl,
    github: config.signIn && githubSignIn({ ...config.signIn, apiUrl: config.apiUrl, version: version(), log }),
  })
  const close = async () => {
    await engine.stop()
    await store.close()
  }
  return { means, engine, log, metrics, access, secretKey, config, version: version(), close }
}

async function withSetUp(environment: Config, store: Store): Promise<Config> {
  try {
    return completed(environment, await store.setUp.read())
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Registers an App with the GitHub whose API is at `apiUrl`. */
export const registrarAt = (apiUrl: string, log: Log): Registrar =>
  githubRegistrar({ apiUrl, version: version(), log, clock: Date.now })

/** Asks what is kept, in SQL. Needs neither the secret key nor a Guardpost that runs. */
export const queriesOf = ({ databaseFile }: Config): Queries => queriesOn(databaseFile, resourceTypes)

/** Copies what is kept to a new file, while it may be in use, and tells what share is done. Resolves to the bytes. */
export async function backUpTo(
  { databaseFile }: Config,
  to: string,
  progress: (share: number) => void,
): Promise<number> {
  try {
    return await backUp(databaseFile, to, progress)
  } catch (error) {
    if (error instanceof CannotBackUp) throw new WrongConfiguration(error.message)
    throw error
  }
}

function addressesOf({ apiUrl, url, webhookProxyUrl }: Config, consoleUrl: string): Addresses {
  return {
    github: apiUrl,
    appHook: webhookProxyUrl ?? `${url}${appHookPath}`,
    hook: (id) => (webhookProxyUrl ? channelOfHook(webhookProxyUrl, id) : `${url}${hookPath(id)}`),
    proxy: webhookProxyUrl,
    control: (id) => (isPublic(consoleUrl) ? `${consoleUrl}/controls/${id}` : null),
  }
}

/** As package.json has it. */
export function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}
