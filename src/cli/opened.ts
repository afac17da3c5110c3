import { existsSync } from 'node:fs'
import { type Logger, pino } from 'pino'
import { compose, type Guardpost } from '../compose.ts'
import { type Config, readConfig, WrongConfiguration } from '../config.ts'
import { type Connection, isLeaving } from '../model/connection.ts'
import type { Resource } from '../model/resource.ts'
import { resourceTypes } from '../resources/index.ts'

/** A command that cannot be carried out as it was given; the message says what would be right. */
export class UsedWrongly extends Error {}

/** Opens the store and puts all together. Throws `WrongConfiguration` saying why it cannot, and what to do. */
export async function open(config: Config, log: Logger = pino({ level: 'silent' })): Promise<Guardpost> {
  const { databaseFile, secretKey, secretKeyFile } = config
  // A new key would open nothing that is in the database, and would lie where the right one belongs.
  if (existsSync(databaseFile) && !secretKey && !existsSync(secretKeyFile))
    throw new WrongConfiguration(
      `The database ${databaseFile} is there, but its key is not: ${secretKeyFile} does not exist. Put the key file ` +
        'back, or name it by GUARDPOST_SECRET_KEY_FILE, or set GUARDPOST_SECRET_KEY.',
    )
  return compose(config, log).catch((error: unknown) => {
    throw new WrongConfiguration(inWords(error, config), { cause: error })
  })
}

function inWords(error: unknown, { databaseFile, secretKeyFile }: Config): string {
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code && /^E[A-Z]+$/.test(code))
    return (
      `${path ?? 'A file'} cannot be used (${code}). Guardpost must read and write its database (DATABASE_URL, now ` +
      `${databaseFile}) and read its key (GUARDPOST_SECRET_KEY_FILE, now ${secretKeyFile}).`
    )
  if (code?.startsWith('SQLITE_'))
    return `The database ${databaseFile} cannot be opened: ${message}. Does DATABASE_URL name the right file?`
  return message
}

/** Opens what a running or earlier `guardpost start` keeps, works on it, and closes it. */
export async function withGuardpost<T>(work: (guardpost: Guardpost) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  if (!existsSync(config.databaseFile))
    throw new WrongConfiguration(
      `There is no database at ${config.databaseFile}. \`guardpost start\` or \`guardpost connect\` makes one; if it is elsewhere, set DATABASE_URL.`,
    )
  const guardpost = await open(config)
  try {
    return await work(guardpost)
  } finally {
    await guardpost.close()
  }
}

/** The connections asked for: those of one organization, or all. */
export async function connectionsOf({ means }: Guardpost, organization: string | undefined): Promise<Connection[]> {
  const all = (await means.store.connections.list()).filter((connection) => !isLeaving(connection))
  if (organization === undefined) return all
  const found = all.filter(({ login }) => login.toLowerCase() === organization.toLowerCase())
  if (found.length > 0) return found
  const known = all.map(({ login }) => login).join(', ')
  throw new UsedWrongly(
    `No organization ${organization} is connected. ${known ? `Connected: ${known}.` : 'None is yet.'}`,
  )
}

/** The resource of that name, as `guardpost resources` lists it: `acme`, `acme/web`. */
export async function resourceNamed(
  guardpost: Guardpost,
  name: string,
): Promise<{ connection: Connection; resource: Resource }> {
  for (const connection of await connectionsOf(guardpost, undefined))
    for (const { type } of resourceTypes) {
      const resource = await guardpost.means.store.resources.byTitle(connection.id, type, name)
      if (resource) return { connection, resource }
    }
  throw new UsedWrongly(`${name} is not recorded. \`guardpost resources\` shows what is.`)
}
