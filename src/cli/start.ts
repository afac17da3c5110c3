import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { type Guardpost, logger } from '../compose.ts'
import { type Config, isPublic, readConfig, WrongConfiguration } from '../config.ts'
import { startServer } from '../server/server.ts'
import { makeFirstAdministrator } from '../server/sign-in/first-administrator.ts'
import { appHookPath } from '../server/webhooks.ts'
import { open } from './opened.ts'
import { say } from './output.ts'

const help = `
The environment says everything, and \`.env.example\` explains it. At least:
  APP_ID, PRIVATE_KEY_PATH, WEBHOOK_SECRET   the GitHub App
  GUARDPOST_URL                              where GitHub reaches this server
The log is JSON, one line each. SIGTERM and Ctrl-C end what runs in good order.

Examples:
  guardpost start
  PORT=8080 LOG_LEVEL=debug guardpost start`

/** `guardpost start`: listens and works until it is told to stop. */
export function start(): Command {
  return new Command('start')
    .description('Runs Guardpost on the environment.')
    .addHelpText('after', help)
    .action(async () => {
      const config = readConfig(process.env)
      if (!config.app && !existsSync(config.databaseFile)) throw nothingToGuard()
      const guardpost = await open(config, logger(config.logLevel))
      try {
        if (!config.app && (await guardpost.means.store.connections.list()).length === 0) throw nothingToGuard()
        const { log, engine, secretKey } = guardpost
        log.info({ database: config.databaseFile, secretKey: secretKey.from, keyMade: secretKey.made }, 'Store opened')
        await tellFirstAdministrator(guardpost.means, config)
        const server = await startServer(guardpost, config).catch(cannotListen(config))
        log.info(
          { webhook: config.webhookProxyUrl ?? `${config.url}${appHookPath}` },
          `Listening on http://${config.host}:${server.port}`,
        )
        if (!isPublic(config.url) && config.webhookProxyUrl === null) log.warn({ url: config.url }, unreachable)
        await engine.start()
        await toldToStop()
        log.info({}, 'Stopping: what runs ends first')
        await server.close()
      } finally {
        await guardpost.close()
      }
    })
}

/**
 * Said on standard output as plain text, before anything that listens: the log, JSON on the same stream, never has it. It
 * is said but once, so where nobody reads along there is `guardpost people reset-password`.
 */
async function tellFirstAdministrator(means: Guardpost['means'], { url }: Config): Promise<void> {
  const made = await makeFirstAdministrator(means)
  if (!made) return
  say(
    `There is nobody yet who may sign in, so there is an administrator now.\n\n  Address            ${url}\n` +
      `  Name               ${made.login}\n  One-time password  ${made.password}\n\nIt is shown this once and must be ` +
      `changed on first use. Lost: guardpost people reset-password ${made.login}\n`,
  )
  means.log.warn({ person: made.login }, 'Made the first administrator; the one-time password was printed')
}

const unreachable =
  'GitHub cannot reach this address: set GUARDPOST_URL to the public one, or WEBHOOK_PROXY_URL to a proxy for webhooks'

const nothingToGuard = () =>
  new WrongConfiguration(
    'There is nothing to guard: set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET of a GitHub App (see .env.example), ' +
      'or connect an organization by a token: `guardpost connect https://github.com/ORG --token-stdin`.',
  )

const cannotListen =
  ({ host, port }: Config) =>
  (error: NodeJS.ErrnoException): never => {
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} of ${host} is in use. Set PORT to a free one, or HOST to another address of this machine.`,
      EACCES: `Port ${port} of ${host} takes more rights than this process has. Set PORT to one from 1024.`,
      EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to one, e.g. 127.0.0.1 or 0.0.0.0.`,
      ENOTFOUND: `${host} is no known address. Set HOST to one of this machine, e.g. 127.0.0.1 or 0.0.0.0.`,
    }
    throw new WrongConfiguration(reasons[error.code ?? ''] ?? error.message, { cause: error })
  }

const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
