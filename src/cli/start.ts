import { Command } from 'commander'
import { type Guardpost, logger } from '../compose.ts'
import { type Config, isPublic, readConfig } from '../config.ts'
import { startServer } from '../server/server.ts'
import { makeFirstAdministrator } from '../server/sign-in/first-administrator.ts'
import { openTunnel } from '../server/tunnel/tunnel.ts'
import { open } from './opened.ts'
import { say } from './output.ts'
import { cannotListen } from './start/cannot-listen.ts'
import { channelAddress, keepChannel, type Smee } from './start/channel.ts'
import { isToBeSetUp, setUp } from './start/set-up.ts'

const help = `
Without a GitHub App it shows a page, on this machine only, that makes one by clicks. Its keys are kept, encrypted, in the
database. What the environment says goes before; \`.env.example\` and docs/reference/configuration.md explain it:
  APP_ID, PRIVATE_KEY_PATH, WEBHOOK_SECRET   the GitHub App
  GUARDPOST_URL                              where GitHub reaches this server
The log is JSON, one line each. SIGTERM and Ctrl-C end what runs in good order.

Examples:
  guardpost start
  guardpost start --smee            on a machine that GitHub cannot reach: by a new channel of smee.io
  PORT=8080 LOG_LEVEL=debug guardpost start`

/** `guardpost start`: listens and works until it is told to stop. */
export function start(): Command {
  return new Command('start')
    .description('Runs Guardpost; the first time, it is set up by clicks.')
    .option(
      '--smee [url]',
      'have webhooks come by a channel of a webhook proxy, from now on: this one, or a new one',
      channelAddress,
    )
    .option('--no-smee', 'have GitHub reach this server itself again')
    .addHelpText('after', help)
    .action(async ({ smee }: { smee?: Smee }) => {
      const stop = toldToStop()
      const guardpost = await ready(smee, stop)
      if (guardpost) await run(guardpost, stop)
    })
}

/** Opens what is to run, set up first where nothing is. Null: it was told to stop before that was done. */
async function ready(smee: Smee, stop: AbortSignal): Promise<Guardpost | null> {
  const config = readConfig(process.env)
  const log = logger(config.logLevel)
  const guardpost = await open(config, log)
  try {
    const { from: secretKey, made: keyMade } = guardpost.secretKey
    log.info({ database: config.databaseFile, secretKey, keyMade }, 'Store opened')
    const isChanged = await keepChannel(guardpost, smee, config.webhookProxyUrl)
    const isNew = await isToBeSetUp(guardpost)
    if (!isChanged && !isNew) return guardpost
    if (isNew && !(await setUp(guardpost, stop))) {
      await guardpost.close()
      return null
    }
  } catch (error) {
    await guardpost.close()
    throw error
  }
  // What is kept now is put together anew.
  await guardpost.close()
  return open(config, log)
}

async function run(guardpost: Guardpost, stop: AbortSignal): Promise<void> {
  const { log, engine, means, config } = guardpost
  try {
    await tellFirstAdministrator(means, config)
    const server = await startServer(guardpost, config).catch(cannotListen(config))
    const { webhookProxyUrl: channel } = config
    log.info({ webhook: channel ? new URL(channel).origin : means.addresses.appHook }, listening(config, server.port))
    const tunnel = channel ? openTunnel({ channel, home: homeOf(config, server.port), log }) : null
    if (!isPublic(config.url) && !channel) log.warn({ url: config.url }, unreachable)
    await engine.start()
    if (!stop.aborted) await new Promise((told) => stop.addEventListener('abort', told, { once: true }))
    log.info({}, 'Stopping: what runs ends first')
    await tunnel?.close()
    await server.close()
  } finally {
    await guardpost.close()
  }
}

const listening = ({ host }: Config, port: number): string => `Listening on http://${host}:${port}`

/** Where this very machine reaches the server. */
function homeOf({ host }: Config, port: number): string {
  const here: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
  return `http://${here[host] ?? (host.includes(':') ? `[${host}]` : host)}:${port}`
}

/**
 * Said on standard output as plain text, before anything that listens: the log, JSON on the same stream, never has it. It
 * is said but once, so where nobody reads along there is `guardpost people reset-password`.
 */
async function tellFirstAdministrator(means: Guardpost['means'], { url }: Config): Promise<void> {
  const made = await makeFirstAdministrator(means)
  if (!made) return
  say('There is nobody yet who may sign in, so there is an administrator now.\n')
  // Not wrapped: it is there to be copied.
  console.log(`  Address            ${url}`)
  console.log(`  Name               ${made.login}`)
  console.log(`  One-time password  ${made.password}\n`)
  say(
    'It is shown this once and must be changed on first use. Lost: `guardpost people reset-password ' +
      `${made.login}\`. Owners of the organization can sign in with GitHub, where the App is set up for it.\n`,
  )
  means.log.warn({ person: made.login }, 'Made the first administrator; the one-time password was printed')
}

const unreachable =
  'GitHub cannot reach this address: set GUARDPOST_URL to the public one, or try it out by `guardpost start --smee`'

function toldToStop(): AbortSignal {
  const told = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => told.abort())
  return told.signal
}
