import { Command, Option } from 'commander'
import { type Difference, diff } from '../model/diff.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption, organizationOption } from './options.ts'
import { inWords, moment, print, printJson, say } from './output.ts'
import { pastTime } from './past-time.ts'
import { knownType } from './resources-as-of.ts'

interface Options {
  readonly from: number
  readonly to?: number
  readonly organization?: string
  readonly type?: string
  readonly json?: boolean
}

const help = `
Examples:
  guardpost resources diff --from -1d
  guardpost resources diff acme/web --from 2026-01-31T14:30:00Z --to -2h`

/** `guardpost resources diff`: what two moments do not have in common. */
export function diffCommand(): Command {
  return new Command('diff')
    .argument('[name]', 'one resource only, by the name it had at either moment')
    .description('Shows what was found, what changed and what went between two moments.')
    .addOption(new Option('--from <time>', 'the earlier moment').argParser(pastTime).makeOptionMandatory())
    .addOption(new Option('--to <time>', 'the later moment; now, if it is left out').argParser(pastTime))
    .addOption(organizationOption())
    .option('--type <type>', 'of one type only')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(tellDifferences)
}

async function tellDifferences(name: string | undefined, options: Options): Promise<void> {
  const { from, to = Date.now(), organization, type, json } = options
  knownType(type)
  if (from > to) throw new UsedWrongly(`--from (${moment(from)}) is after --to (${moment(to)}).`)
  await withGuardpost(async (guardpost) => {
    const { resources } = guardpost.means.store
    const found: Difference[] = []
    let isNamed = name === undefined
    for (const { id } of await connectionsOf(guardpost, organization)) {
      const filter = { ...(type && { type }) }
      const [before, after] = [await resources.asOf(id, from, filter), await resources.asOf(id, to, filter)]
      const named = new Set([...before, ...after].filter(({ title }) => title === name).map((each) => each.id))
      isNamed ||= named.size > 0
      found.push(...diff(before, after).filter(({ resource }) => name === undefined || named.has(resource.id)))
    }
    if (!isNamed)
      throw new UsedWrongly(`Nothing was called ${name} at either moment. \`guardpost resources --as-of\` lists names.`)
    if (json) printJson(found.map((each) => ({ ...each, changes: each.changes.map(openly) })))
    else tell(found, from, to)
  })
}

/** Programs see `null` for what was not known, too: JSON would leave it out. */
const openly = ({ field, before = null, after = null }: Difference['changes'][number]) => ({ field, before, after })

function tell(found: readonly Difference[], from: number, to: number): void {
  const counts = (['found', 'changed', 'gone'] as const)
    .map((kind) => `${found.filter((each) => each.kind === kind).length} ${kind}`)
    .join(', ')
  say(`From ${moment(from)} to ${moment(to)}: ${counts}`)
  if (found.length === 0) return
  say('')
  print(
    {
      rows: found.flatMap(lines),
      columns: {
        what: (row) => row.kind,
        type: (row) => row.resource.type,
        name: (row) => row.resource.title,
        field: (row) => row.field ?? '',
        before: (row) => (row.field ? inWords(row.before) : ''),
        after: (row) => (row.field ? inWords(row.after) : ''),
      },
      empty: '',
    },
    false,
  )
}

type Line = Pick<Difference, 'kind' | 'resource'> & Partial<Difference['changes'][number]>

/** Of what was found or went, every field would be a line. */
const lines = ({ kind, resource, changes }: Difference): Line[] =>
  kind === 'changed' ? changes.map((change) => ({ kind, resource, ...change })) : [{ kind, resource }]
