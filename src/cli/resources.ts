import { Command } from 'commander'
import { resourceTypes } from '../resources/index.ts'
import { connectionsOf, resourceNamed, UsedWrongly, withGuardpost } from './opened.ts'
import { moment, print, printJson } from './output.ts'

interface Options {
  organization?: string
  type?: string
  limit: string
  json?: boolean
}

/** `guardpost resources`: the CMDB. */
export function resources(): Command {
  const command = new Command('resources').description('Shows what is recorded of your organizations.')
  command
    .command('list', { isDefault: true })
    .description('Lists resources by name.')
    .option('--organization <login>', 'of one organization only')
    .option('--type <type>', `of one type only: ${resourceTypes.map(({ type }) => `"${type}"`).join(', ')}`)
    .option('--limit <number>', 'at most so many of each organization', '100')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  guardpost resources --type "GitHub > Repository" --organization acme')
    .action(list)
  command
    .command('show <name>')
    .description('Shows all that is recorded of an organization (acme) or a repository (acme/web).')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  guardpost resources show acme/web')
    .action(show)
  return command
}

async function list({ organization, type, limit, json }: Options): Promise<void> {
  if (type && !resourceTypes.some((known) => known.type === type))
    throw new UsedWrongly(
      `There is no type “${type}”. There are: ${resourceTypes.map((known) => known.type).join(', ')}.`,
    )
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const filter = { gone: false, limit: Number(limit), ...(type && { type }) }
    const found = await Promise.all(
      (await connectionsOf(guardpost, organization)).map(({ id }) => store.resources.list(id, filter)),
    )
    print(
      {
        rows: found.flat(),
        columns: {
          type: (row) => row.type,
          name: (row) => row.title,
          'last seen': (row) => moment(row.lastSeen.at),
          by: (row) => row.lastSeen.source,
        },
        empty: 'Nothing is recorded yet. `guardpost start` discovers an organization as soon as it is connected.',
      },
      json,
    )
  })
}

async function show(name: string, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { resource } = await resourceNamed(guardpost, name)
    if (json) return printJson(resource)
    console.log(
      `${resource.type}  ${resource.title}  (version ${resource.version}, recorded ${moment(resource.createdAt)})`,
    )
    print(
      {
        rows: Object.entries(resource.data),
        columns: {
          field: ([field]) => field,
          value: ([, value]) => (typeof value === 'string' ? value : JSON.stringify(value)),
          'known by': ([field]) => resource.sightings[field]?.source ?? '',
          at: ([field]) => moment(resource.sightings[field]?.at ?? null),
        },
        empty: 'Nothing is known of it yet.',
      },
      false,
    )
  })
}
