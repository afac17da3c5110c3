import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import type { Config } from './config.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import type { Addresses, Log, Means } from './engine/means.ts'
import { githubClients } from './github/clients.ts'
import { reporters } from './reporters/index.ts'
import { resourceTypes } from './resources/index.ts'
import { appHookPath, hookPath } from './server/webhooks.ts'
import { readSecretKey, type SecretKey } from './store/secret-key.ts'
import { openStore } from './store/store.ts'

/** Everything put together. */
export interface Guardpost {
  readonly means: Means
  readonly engine: Engine
  readonly log: Log
  readonly secretKey: SecretKey
  /** Ends the work that runs, then closes the store. */
  close(): Promise<void>
}

/** Builds store, clients, reporters and engine, and hands them to each other. Starts nothing. */
export async function compose(config: Config, log: Log = pino({ level: config.logLevel })): Promise<Guardpost> {
  const clock = Date.now
  const secretKey = await readSecretKey({ fromEnvironment: config.secretKey, file: config.secretKeyFile })
  const store = await openStore({ file: config.databaseFile, secretKey: secretKey.key, clock, types: resourceTypes })
  const clients = githubClients({
    apiUrl: config.apiUrl,
    app: config.app,
    token: (connectionId) => store.connections.token(connectionId),
    version: version(),
    log,
    clock,
  })
  const means: Means = {
    store,
    clients,
    reporters,
    addresses: addressesOf(config),
    appWebhookSecret: config.app?.webhookSecret ?? null,
    clock,
    random: Math.random,
    log,
  }
  const engine = createEngine(means)
  const close = async () => {
    await engine.stop()
    await store.close()
  }
  return { means, engine, log, secretKey, close }
}

function addressesOf({ url, webhookProxyUrl }: Config): Addresses {
  const isPublic = !['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(new URL(url).hostname)
  return {
    appHook: webhookProxyUrl ?? `${url}${appHookPath}`,
    hook: (id) => `${url}${hookPath(id)}`,
    control: (id) => (isPublic ? `${url}/controls/${id}` : null),
  }
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}
