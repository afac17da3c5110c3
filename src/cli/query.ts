import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { queriesOf } from '../compose.ts'
import { readConfig, WrongConfiguration } from '../config.ts'
import { nearest } from '../model/nearest.ts'
import { type Queries, type QueryResult, WrongQuery } from '../model/query.ts'
import { csvOf } from './csv.ts'
import { UsedWrongly } from './opened.ts'
import { countFrom1, jsonOption } from './options.ts'
import { print, printJson, say } from './output.ts'
import { asOfOption } from './past-time.ts'

interface Options {
  readonly tables?: boolean
  readonly asOf?: number
  readonly limit: number
  readonly timeout: number
  readonly json?: boolean
  readonly csv?: boolean
}

const help = `
Nothing can be written, and no secret can be read: the tables are all there is.

Examples:
  guardpost query
  guardpost query "select name_with_owner from github_repository where visibility = 'public'"
  guardpost query "select state, count(*) from guardpost_control group by state" --json
  guardpost query "select title, is_archived from github_repository" --as-of -7d --csv`

/** `guardpost query`: the CMDB in SQL. */
export function query(): Command {
  return new Command('query')
    .argument('[select]', 'one statement in the SQL of SQLite; without it, the tables and their columns are listed')
    .description('Asks what is recorded in SQL.')
    .option('--tables', 'lists the tables and their columns')
    .addOption(asOfOption())
    .addOption(new Option('--limit <number>', 'at most so many rows').argParser(countFrom1).default(1_000))
    .addOption(new Option('--timeout <seconds>', 'for no longer than that').argParser(seconds).default(10))
    .addOption(jsonOption())
    .addOption(new Option('--csv', 'as CSV, with the names of the columns first').conflicts('json'))
    .addHelpText('after', help)
    .action(ask)
}

function seconds(text: string): number {
  const count = Number(text)
  if (text !== '' && count > 0 && count <= 3_600) return count
  throw new InvalidArgumentError('It takes a number of seconds, up to 3600.')
}

async function ask(statement: string | undefined, options: Options): Promise<void> {
  const config = readConfig(process.env)
  const queries = queriesOf(config)
  if (statement === undefined || options.tables) return tell(queries, options)
  if (!existsSync(config.databaseFile))
    throw new WrongConfiguration(
      `There is no database at ${config.databaseFile}. \`guardpost start\` makes one; if it is elsewhere, set DATABASE_URL.`,
    )
  const { asOf, limit, timeout } = options
  const result = await queries
    .run(statement, { limit, timeout: timeout * 1_000, ...(asOf !== undefined && { asOf }) })
    .catch(inWords)
  if (options.csv) process.stdout.write(csvOf(result))
  else if (options.json) printJson(result.rows.map((row) => Object.fromEntries(pairs(result, row))))
  else table(result)
  if (result.isCut) console.error(`There are more than these ${limit} rows: \`--limit\` shows more.`)
}

function inWords(error: unknown): never {
  if (!(error instanceof WrongQuery)) throw error
  const { message, unknown } = error
  const close = unknown && nearest(unknown.name, unknown.known)
  throw new UsedWrongly(
    `${message}${close ? ` Did you mean ${close}?` : ''}${unknown ? ' `guardpost query --tables` lists what there is.' : ''}`,
  )
}

/** Of columns with one name, the later ones are numbered, so that none hides another. */
function pairs({ columns }: QueryResult, row: readonly unknown[]): [string, unknown][] {
  return columns.map((name, index) => {
    const earlier = columns.slice(0, index).filter((other) => other === name).length
    return [earlier > 0 ? `${name}_${earlier + 1}` : name, row[index]]
  })
}

function table(result: QueryResult): void {
  const names = pairs(result, []).map(([name]) => name)
  print(
    {
      rows: result.rows,
      columns: Object.fromEntries(names.map((name, index) => [name, (row: readonly unknown[]) => cell(row[index])])),
      empty: 'No rows.',
    },
    false,
  )
}

const cell = (value: unknown): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

function tell({ tables }: Queries, { json }: Options): void {
  if (json) {
    printJson(tables)
    return
  }
  for (const { name, about, hasPast, columns } of tables) {
    say(`${name}: ${about}${hasPast ? '' : ' Only as it is now.'}`)
    for (const column of columns) say(`  ${column.name} (${column.kind}): ${column.about}`)
    say('')
  }
}
