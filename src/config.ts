import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A fault of the environment, said with what to do about it. */
export class WrongConfiguration extends Error {}

/** The environment, read once. */
export interface Config {
  /** Null: no App is configured; organizations are reached by tokens only. */
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string } | null
  /** E.g. `https://api.github.com` or `https://github.example.com/api/v3`. */
  readonly apiUrl: string
  readonly host: string
  readonly port: number
  /** Where others reach us, without a slash at the end. */
  readonly url: string
  /** Where the App's webhook points instead, when deliveries come by a proxy such as smee. */
  readonly webhookProxyUrl: string | null
  /** Path of the SQLite file, or `:memory:`. */
  readonly databaseFile: string
  readonly secretKey: string | undefined
  /** Where the secret key is kept when the environment does not give one: apart from the database. */
  readonly secretKeyFile: string
  readonly logLevel: string
}

const optional = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()

const environment = z.object({
  APP_ID: optional.pipe(
    z.coerce.number<string>({ error: 'is a number: see the App’s settings page' }).int().positive().optional(),
  ),
  PRIVATE_KEY: optional,
  PRIVATE_KEY_PATH: optional,
  WEBHOOK_SECRET: optional,
  WEBHOOK_PROXY_URL: optional.pipe(z.url({ error: 'is a URL, e.g. https://smee.io/…' }).optional()),
  GHE_HOST: optional,
  GHE_PROTOCOL: optional.pipe(z.enum(['http', 'https'], { error: 'is http or https' }).default('https')),
  HOST: optional.pipe(z.string().default('127.0.0.1')),
  PORT: optional.pipe(
    z.coerce.number<string>({ error: 'is a number from 0 to 65535' }).int().min(0).max(65_535).default(3000),
  ),
  LOG_LEVEL: optional.pipe(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'is one of trace, debug, info, warn, error, fatal, silent',
      })
      .default('info'),
  ),
  DATABASE_URL: optional.pipe(z.string().default('file:data/guardpost.sqlite')),
  GUARDPOST_URL: optional.pipe(
    z.url({ protocol: /^https?$/, error: 'is a URL, e.g. https://guardpost.example.com' }).optional(),
  ),
  GUARDPOST_SECRET_KEY: optional,
  GUARDPOST_SECRET_KEY_FILE: optional.pipe(z.string().default('keys/guardpost.key')),
})

/** Reads the environment. Throws `WrongConfiguration` naming every fault and its remedy. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = environment.safeParse(env)
  if (!read.success)
    throw new WrongConfiguration(
      read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'),
    )
  const said = read.data
  return {
    app: appOf(said),
    apiUrl: said.GHE_HOST ? `${said.GHE_PROTOCOL}://${said.GHE_HOST}/api/v3` : 'https://api.github.com',
    host: said.HOST,
    port: said.PORT,
    url: (said.GUARDPOST_URL ?? `http://${said.HOST}:${said.PORT}`).replace(/\/+$/, ''),
    webhookProxyUrl: said.WEBHOOK_PROXY_URL ?? null,
    databaseFile: databaseFile(said.DATABASE_URL),
    secretKey: said.GUARDPOST_SECRET_KEY,
    secretKeyFile: said.GUARDPOST_SECRET_KEY_FILE,
    logLevel: said.LOG_LEVEL,
  }
}

type Said = z.infer<typeof environment>

function appOf({ APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET }: Said): Config['app'] {
  if (APP_ID === undefined) {
    if (PRIVATE_KEY || PRIVATE_KEY_PATH || WEBHOOK_SECRET)
      throw new WrongConfiguration('APP_ID is missing: the App’s settings page shows it.')
    return null
  }
  if (!PRIVATE_KEY && !PRIVATE_KEY_PATH)
    throw new WrongConfiguration(
      'PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a private key on the App’s settings page.',
    )
  if (!WEBHOOK_SECRET || WEBHOOK_SECRET === 'development')
    throw new WrongConfiguration(
      'WEBHOOK_SECRET is missing, or is the well-known word “development”: anybody could sign events. ' +
        'Make one with `openssl rand -hex 32` and set it here and on the App’s settings page.',
    )
  return { id: APP_ID, privateKey: privateKey(PRIVATE_KEY, PRIVATE_KEY_PATH), webhookSecret: WEBHOOK_SECRET }
}

/** A key in the environment may have its line breaks written as `\n`, or be base64 as a whole. */
function privateKey(key: string | undefined, path: string | undefined): string {
  const text = key ?? readKeyFile(path ?? '')
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString('utf8')
  if (pem.includes('-----BEGIN')) return pem
  throw new WrongConfiguration(`${key ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH'} holds no PEM key (“-----BEGIN …”).`)
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new WrongConfiguration(
      `PRIVATE_KEY_PATH: ${path} cannot be read (${why}). Give the path of the App’s .pem file.`,
    )
  }
}

function databaseFile(url: string): string {
  if (url === ':memory:') return url
  if (/^file:/.test(url)) return url.replace(/^file:(\/\/(?=\/))?/, '')
  if (/^[a-z][a-z0-9+]+:\/\//i.test(url))
    throw new WrongConfiguration(
      'DATABASE_URL names a database that is not supported yet: give `file:PATH` of a SQLite file.',
    )
  return url
}
