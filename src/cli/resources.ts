import { Command } from 'commander'
import { resourceTypes } from '../resources/index.ts'
import { connectionsOf, resourceNamed, withGuardpost } from './opened.ts'
import { jsonOption, limitOption, organizationOption } from './options.ts'
import { inWords, moment, print, printJson, say } from './output.ts'
import { asOfOption } from './past-time.ts'
import { knownType, listAsOf, showAsOf } from './resources-as-of.ts'
import { diffCommand } from './resources-diff.ts'

interface Options {
  readonly organization?: string
  readonly type?: string
  readonly asOf?: number
  readonly limit: number
  readonly json?: boolean
}

const help = `
Examples:
  guardpost resources
  guardpost resources show acme/web
  guardpost resources --as-of 2026-01-31T14:30:00Z
  guardpost resources diff --from -1d`

/** `guardpost resources`: the CMDB. */
export function resources(): Command {
  const command = new Command('resources')
    .description('Shows what is recorded of your organizations.')
    .addHelpText('after', help)
  command
    .command('list', { isDefault: true })
    .description('Lists resources by name.')
    .addOption(organizationOption())
    .option('--type <type>', `of one type only: ${resourceTypes.map(({ type }) => `"${type}"`).join(', ')}`)
    .addOption(asOfOption())
    .addOption(limitOption(100))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost resources --type "GitHub > Repository" --organization acme')
    .action(list)
  command
    .command('show')
    .argument('<name>', 'as the list has it, e.g. acme or acme/web')
    .description('Shows all that is recorded of one resource, and how and when each field was learnt.')
    .addOption(asOfOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  guardpost resources show acme/web\n  guardpost resources show "connection to acme"\n' +
        '  guardpost resources show acme/web --as-of -2h',
    )
    .action(show)
  command.addCommand(diffCommand())
  return command
}

async function list({ asOf, ...options }: Options): Promise<void> {
  const { organization, type, limit, json } = options
  knownType(type)
  if (asOf !== undefined) return listAsOf(asOf, options)
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const filter = { gone: false, limit, ...(type && { type }) }
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

async function show(name: string, { asOf, json }: { asOf?: number; json?: boolean }): Promise<void> {
  if (asOf !== undefined) return showAsOf(name, asOf, json)
  await withGuardpost(async (guardpost) => {
    const { resource } = await resourceNamed(guardpost, name)
    if (json) return printJson(resource)
    const { type, title, version, createdAt, refusal } = resource
    say(`${title}, a ${type}\nVersion ${version}, recorded ${moment(createdAt)}.`)
    if (refusal) say(`It cannot be read now: ${refusal.reason}`)
    say('')
    print(
      {
        rows: Object.entries(resource.data),
        columns: {
          field: ([field]) => field,
          'known by': ([field]) => resource.sightings[field]?.source ?? '',
          at: ([field]) => moment(resource.sightings[field]?.at ?? null),
          value: ([, value]) => inWords(value),
        },
        empty: 'Nothing is known of it yet.',
      },
      false,
    )
  })
}
