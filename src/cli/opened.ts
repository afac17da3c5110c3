import { existsSync } from 'node:fs'
import { pino } from 'pino'
import { compose, type Guardpost } from '../compose.ts'
import { type Config, readConfig } from '../config.ts'
import type { Connection } from '../model/connection.ts'
import type { Resource } from '../model/resource.ts'

/** A command that cannot be carried out as it was given; the message says what would be right. */
export class UsedWrongly extends Error {}

/** Opens what a running or earlier `guardpost start` keeps, works on it, and closes it. */
export async function withGuardpost<T>(work: (guardpost: Guardpost, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  if (config.databaseFile !== ':memory:' && !existsSync(config.databaseFile))
    throw new UsedWrongly(
      `There is no database at ${config.databaseFile} yet. Run \`guardpost start\` or \`guardpost connect\` first, or set DATABASE_URL.`,
    )
  const guardpost = await compose(config, pino({ level: 'silent' }))
  try {
    return await work(guardpost, config)
  } finally {
    await guardpost.close()
  }
}

/** The connections asked for: those of one organization, or all. */
export async function connectionsOf({ means }: Guardpost, organization: string | undefined): Promise<Connection[]> {
  const all = (await means.store.connections.list()).filter(({ status }) => status !== 'removed')
  if (organization === undefined) return all
  const found = all.filter(({ login }) => login.toLowerCase() === organization.toLowerCase())
  if (found.length > 0) return found
  const known = all.map(({ login }) => login).join(', ')
  throw new UsedWrongly(
    `No organization ${organization} is connected. ${known ? `Connected: ${known}.` : 'None is yet.'}`,
  )
}

/** The organization (`acme`) or repository (`acme/web`) of that name. */
export async function resourceNamed(
  guardpost: Guardpost,
  name: string,
): Promise<{ connection: Connection; resource: Resource }> {
  const type = name.includes('/') ? 'GitHub > Repository' : 'GitHub > Organization'
  for (const connection of await connectionsOf(guardpost, name.split('/')[0])) {
    const resource = await guardpost.means.store.resources.byTitle(connection.id, type, name)
    if (resource) return { connection, resource }
  }
  throw new UsedWrongly(`${name} is not recorded. \`guardpost resources\` shows what is.`)
}
