import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Retention } from './model/retention.ts'
import type { SetUp } from './model/set-up.ts'

/** A fault of the environment, said with what to do about it. */
export class WrongConfiguration extends Error {}

/** The environment, read once. */
export interface Config {
  /** Null: no App is configured; organizations are reached by tokens only. */
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string } | null
  /** The token of every connection by token, which then is kept nowhere; null: each has the one that was kept for it. */
  readonly token: string | null
  /** The App's OAuth credentials; null: nobody signs in with GitHub. */
  readonly signIn: { readonly clientId: string; readonly clientSecret: string } | null
  /** E.g. `https://api.github.com` or `https://github.example.com/api/v3`. */
  readonly apiUrl: string
  readonly host: string
  readonly port: number
  /** Where others reach us, without a slash at the end. */
  readonly url: string
  /** The channel of a webhook proxy such as smee, when deliveries come by it: webhooks point there. */
  readonly webhookProxyUrl: string | null
  /** Path of the SQLite file, or `:memory:`. */
  readonly databaseFile: string
  readonly secretKey: string | undefined
  /** Where the secret key is kept when the environment does not give one: apart from the database. */
  readonly secretKeyFile: string
  readonly logLevel: string
  /** Who may fetch the figures of `/metrics`; null: this machine only. */
  readonly metricsToken: string | null
  /** Beyond so many queued jobs, deliveries are refused. */
  readonly maxQueuedJobs: number
  readonly keep: Retention
}

const optional = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()

function whole(least: number, most: number, error: string) {
  const isWithin = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most
  return z.string().refine(isWithin, { error }).transform(Number)
}

const day = 86_400_000

/** In milliseconds; null for ever. */
const days = (byDefault: number) =>
  whole(0, 36_500, 'is a number of days, or 0 for ever')
    .default(byDefault)
    .transform((count) => (count === 0 ? null : count * day))

/** Every variable that is read, with what it says: the reference of the configuration is made of it. */
export const environment = z.object({
  APP_ID: optional
    .pipe(whole(1, Number.MAX_SAFE_INTEGER, 'is a number: see the App’s settings page').optional())
    .describe('The number of the GitHub App. Without it: the App that was set up by clicks, or tokens only.'),
  PRIVATE_KEY: optional.describe(
    'The App’s private key itself: with its line breaks written as `\\n`, or base64 of the whole file.',
  ),
  PRIVATE_KEY_PATH: optional.describe('The path of the App’s .pem file; or PRIVATE_KEY.'),
  WEBHOOK_SECRET: optional.describe('The secret of the App’s webhook. The well-known word `development` is refused.'),
  GITHUB_CLIENT_ID: optional.describe(
    'The App’s, so that people may sign in with GitHub; both or none. Without them, by passwords only.',
  ),
  GITHUB_CLIENT_SECRET: optional.describe('Belongs to GITHUB_CLIENT_ID.'),
  WEBHOOK_PROXY_URL: optional
    .pipe(z.url({ error: 'is a URL, e.g. https://smee.io/…' }).optional())
    .describe(
      'The channel of a webhook proxy such as smee.io that webhooks come by, to a machine that GitHub cannot reach.',
    ),
  GHE_HOST: optional
    .pipe(
      z
        .string()
        .regex(/^[\w.-]+(:\d+)?$/, 'is a host name, without https://, e.g. github.example.com')
        .refine(
          (host) => !/^(api\.)?github\.com$/i.test(host),
          'is for GitHub Enterprise Server: leave it out for github.com',
        )
        .refine(
          (host) => !/\.ghe\.com$/i.test(host),
          'names GitHub Enterprise Cloud with data residency, which is not supported yet',
        )
        .optional(),
    )
    .describe('The host name of a GitHub Enterprise Server. Without it, github.com.'),
  GHE_PROTOCOL: optional
    .pipe(z.enum(['http', 'https'], { error: 'is http or https' }).default('https'))
    .describe('How that server is reached.'),
  HOST: optional
    .pipe(z.string().default('127.0.0.1'))
    .describe('Where to listen: 0.0.0.0 in a container. Set-up by clicks listens on 127.0.0.1 whatever it says.'),
  PORT: optional.pipe(whole(0, 65_535, 'is a number from 0 to 65535').default(3000)).describe('Where to listen.'),
  LOG_LEVEL: optional
    .pipe(
      z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
          error: 'is one of trace, debug, info, warn, error, fatal, silent',
        })
        .default('info'),
    )
    .describe('How much the log says: trace, debug, info, warn, error, fatal or silent.'),
  DATABASE_URL: optional.pipe(z.string().default('file:data/guardpost.sqlite')).describe('The SQLite file.'),
  GUARDPOST_URL: optional
    .pipe(z.url({ protocol: /^https?$/, error: 'is a URL, e.g. https://guardpost.example.com' }).optional())
    .describe('Where GitHub reaches this server, and people its console. Without it, http://HOST:PORT.'),
  GUARDPOST_METRICS_TOKEN: optional.describe(
    'Who has it may fetch /metrics, and nobody else. Without it, this machine only may.',
  ),
  GUARDPOST_MAX_QUEUED_JOBS: optional
    .pipe(whole(1, Number.MAX_SAFE_INTEGER, 'is a number from 1').default(1_000_000))
    .describe('Where so many jobs wait, deliveries are answered 503 until fewer do.'),
  GUARDPOST_KEEP_DELIVERIES: optional
    .pipe(days(30))
    .describe('Days that headers and bodies of deliveries are kept; 0 for ever, as with the next three.'),
  GUARDPOST_KEEP_RUNS: optional
    .pipe(days(90))
    .describe('Days that judgements of controls are kept; the newest always is.'),
  GUARDPOST_KEEP_VERSIONS: optional
    .pipe(days(0))
    .describe('Days that states of resources are kept; the newest always is.'),
  GUARDPOST_KEEP_ACTIVITIES: optional.pipe(days(0)).describe('Days that lines of history are kept.'),
  GUARDPOST_SECRET_KEY: optional.describe(
    'The key that secrets in the database are encrypted under: 32 bytes as base64 or 64 hexadecimal digits; or a key file.',
  ),
  GUARDPOST_SECRET_KEY_FILE: optional
    .pipe(z.string().default('keys/guardpost.key'))
    .describe('The file that holds that key; made on the first start. Keep it apart from backups of the database.'),
})

export const githubDotCom = 'https://api.github.com'

/** Reads the environment. Throws `WrongConfiguration` naming every fault and its remedy. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = environment.safeParse(env)
  if (!read.success)
    throw new WrongConfiguration(
      read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'),
    )
  const said = read.data
  const faults = [...appFaults(said), ...signInFaults(said)]
  if (faults.length > 0) throw new WrongConfiguration(faults.join('\n'))
  return {
    app: appOf(said),
    token: null,
    signIn: signInOf(said),
    apiUrl: said.GHE_HOST ? `${said.GHE_PROTOCOL}://${said.GHE_HOST}/api/v3` : githubDotCom,
    host: said.HOST,
    port: said.PORT,
    url: (said.GUARDPOST_URL ?? `http://${said.HOST}:${said.PORT}`).replace(/\/+$/, ''),
    webhookProxyUrl: said.WEBHOOK_PROXY_URL ?? null,
    databaseFile: databaseFile(said.DATABASE_URL),
    secretKey: said.GUARDPOST_SECRET_KEY,
    secretKeyFile: said.GUARDPOST_SECRET_KEY_FILE,
    logLevel: said.LOG_LEVEL,
    metricsToken: said.GUARDPOST_METRICS_TOKEN ?? null,
    maxQueuedJobs: said.GUARDPOST_MAX_QUEUED_JOBS,
    keep: {
      deliveries: said.GUARDPOST_KEEP_DELIVERIES,
      runs: said.GUARDPOST_KEEP_RUNS,
      versions: said.GUARDPOST_KEEP_VERSIONS,
      activities: said.GUARDPOST_KEEP_ACTIVITIES,
    },
  }
}

/** Fills in what set-up keeps where the environment says nothing. Throws where the two mean different GitHubs. */
export function completed(config: Config, { app, webhookProxyUrl }: SetUp): Config {
  const proxied = { ...config, webhookProxyUrl: config.webhookProxyUrl ?? webhookProxyUrl }
  if (config.app || !app) return proxied
  if (config.apiUrl !== githubDotCom && config.apiUrl !== app.apiUrl)
    throw new WrongConfiguration(
      `The App that was set up is on ${new URL(app.apiUrl).host}, and GHE_HOST names another GitHub. Leave GHE_HOST out, ` +
        'or give the App there by APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET.',
    )
  return {
    ...proxied,
    apiUrl: app.apiUrl,
    app: { id: app.id, privateKey: app.privateKey, webhookSecret: app.webhookSecret },
    signIn: config.signIn ?? { clientId: app.clientId, clientSecret: app.clientSecret },
  }
}

type Said = z.infer<typeof environment>

function appFaults({ APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET }: Said): string[] {
  const key = PRIVATE_KEY ?? PRIVATE_KEY_PATH
  if (APP_ID === undefined) return key || WEBHOOK_SECRET ? ['APP_ID is missing: the App’s settings page shows it.'] : []
  const faults: string[] = []
  if (!key)
    faults.push('PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a private key on the App’s settings page.')
  if (!WEBHOOK_SECRET || WEBHOOK_SECRET === 'development')
    faults.push(
      'WEBHOOK_SECRET is missing, or is the well-known word “development”: anybody could sign events. ' +
        'Make one with `openssl rand -hex 32` and set it here and on the App’s settings page.',
    )
  return faults
}

const signInFaults = ({ GITHUB_CLIENT_ID: id, GITHUB_CLIENT_SECRET: secret }: Said): string[] =>
  (id === undefined) === (secret === undefined)
    ? []
    : [`GITHUB_CLIENT_${id ? 'SECRET' : 'ID'} is missing: both or none. The App’s settings page has them.`]

const signInOf = ({ GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret }: Said): Config['signIn'] =>
  clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret }

const appOf = ({ APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET }: Said): Config['app'] =>
  APP_ID === undefined || WEBHOOK_SECRET === undefined
    ? null
    : { id: APP_ID, privateKey: privateKey(PRIVATE_KEY, PRIVATE_KEY_PATH), webhookSecret: WEBHOOK_SECRET }

/** A key in the environment may have its line breaks written as `\n`, or be base64 as a whole. */
function privateKey(key: string | undefined, path: string | undefined): string {
  const text = key ?? readKeyFile(path ?? '')
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString('utf8')
  const place = key ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH'
  if (!pem.includes('-----BEGIN')) throw new WrongConfiguration(`${place} holds no PEM key (“-----BEGIN …”).`)
  try {
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem
  } catch {
    // What the library says of it may repeat a part of it.
  }
  throw new WrongConfiguration(
    `${place} holds a key that cannot be read, or is not the App’s: it may have been cut off or changed when it was copied. ` +
      'Generate another one on the App’s settings page.',
  )
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException
    throw new WrongConfiguration(
      `PRIVATE_KEY_PATH: ${path} cannot be read (${code}). Give the path of the App’s .pem file.`,
    )
  }
}

function databaseFile(url: string): string {
  if (url === ':memory:') return url
  if (/^file:\/\//.test(url)) return fileFrom(url)
  if (/^file:./.test(url)) return url.slice('file:'.length)
  if (/^[a-z][a-z0-9+.-]+:/i.test(url))
    throw new WrongConfiguration(
      'DATABASE_URL names a database that is not supported yet: give `file:PATH` of an SQLite file.',
    )
  return url
}

function fileFrom(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    throw new WrongConfiguration(`DATABASE_URL: ${url} names no file of this machine; write file:///PATH or file:PATH.`)
  }
}

/** Whether GitHub can reach an address at all. */
export const isPublic = (url: string): boolean =>
  !['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(new URL(url).hostname)
