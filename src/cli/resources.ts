import { Command } from 'commander'
import type { Json } from '../model/resource.ts'
import { resourceTypes } from '../resources/index.ts'
import { connectionsOf, resourceNamed, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption, limitOption, organizationOption } from './options.ts'
import { asJson, moment, print, printJson, say } from './output.ts'

interface Options {
  readonly organization?: string
  readonly type?: string
  readonly limit: number
  readonly json?: boolean
}

/** `guardpost resources`: the CMDB. */
export function resources(): Command {
  const command = new Command('resources')
    .description('Shows what is recorded of your organizations.')
    .addHelpText('after', '\nExamples:\n  guardpost resources\n  guardpost resources show acme/web')
  command
    .command('list', { isDefault: true })
    .description('Lists resources by name.')
    .addOption(organizationOption())
    .option('--type <type>', `of one type only: ${resourceTypes.map(({ type }) => `"${type}"`).join(', ')}`)
    .addOption(limitOption(100))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost resources --type "GitHub > Repository" --organization acme')
    .action(list)
  command
    .command('show')
    .argument('<name>', 'as the list has it, e.g. acme or acme/web')
    .description('Shows all that is recorded of one resource, and how and when each field was learnt.')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  guardpost resources show acme/web\n  guardpost resources show "connection to acme"',
    )
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

async function show(name: string, { json }: { json?: boolean }): Promise<void> {
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

/** Null is GitHub's own answer: it has none. */
const inWords = (value: Json | undefined): string =>
  value === null ? 'none' : typeof value === 'string' ? value : asJson(value)
