import { Command, Option } from 'commander'
import type { Guardpost } from '../compose.ts'
import { controlJob } from '../engine/jobs.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlRecord, Run } from '../model/control.ts'
import { type ControlState, controlStates, stateLabel } from '../model/control-state.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { moment, print, printJson } from './output.ts'

interface Options {
  organization?: string
  state?: ControlState
  type?: string
  limit: string
  json?: boolean
}

/** `guardpost controls`: what is judged, and how it stands. */
export function controls(): Command {
  const command = new Command('controls').description('Shows the controls and their states.')
  command
    .command('list', { isDefault: true })
    .description('Lists controls.')
    .option('--organization <login>', 'of one organization only')
    .addOption(new Option('--state <state>', 'in one state only').choices(controlStates))
    .option('--type <path>', 'of one type only, e.g. "GitHub > Organization > Event Handlers"')
    .option('--limit <number>', 'at most so many of each organization', '100')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  guardpost controls --state alarm')
    .action(list)
  command
    .command('show <id>')
    .description('Shows one control: its state, evidence, remedy, and what GitHub was asked.')
    .option('--json', 'as JSON')
    .action(show)
  command.command('run <id>').description('Asks the running Guardpost to judge a control now.').action(run)
  return command
}

async function list({ organization, state, type, limit, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const filter = { limit: Number(limit), ...(state && { state }), ...(type && { path: type }) }
    const rows: (ControlRecord & { resource: string })[] = []
    for (const { id } of await connectionsOf(guardpost, organization))
      for (const control of await store.controls.list(id, filter)) {
        const resource = await store.resources.get(id, control.resourceId)
        rows.push({ ...control, resource: resource?.title ?? '' })
      }
    print(
      {
        rows,
        columns: {
          id: (row) => String(row.id),
          state: (row) => stateLabel[row.state],
          control: (row) => row.path,
          resource: (row) => row.resource,
          since: (row) => moment(row.since),
          reason: (row) => shortened(row.reason),
        },
        empty: 'No control is there, or none that fits.',
      },
      json,
    )
  })
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text)

async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control, connection } = await find(guardpost, id)
    const { store } = guardpost.means
    const run = await store.controls.lastRun(connection.id, control.id)
    const reports = await store.reports.list(connection.id, control.id)
    if (json) return printJson({ ...control, run, reports })
    console.log(`${control.path}  ${stateLabel[control.state]} since ${moment(control.since)}\n${control.reason}`)
    if (run) tell(run)
    const said = reports.map(({ kind, githubId, open }) => `${kind} ${githubId}${open ? '' : ' (closed)'}`)
    console.log(
      `\nReported on GitHub: ${said.join(', ') || 'nowhere; it takes a repository `.github-private` or `.github`'}`,
    )
  })
}

function tell({ verdict, value, cause, startedAt, calls }: Run): void {
  for (const { remedy, missing } of verdict.diagnoses) {
    if (missing?.why) console.log(`  It is needed ${missing.why}.`)
    if (remedy) console.log(`  What to do (${remedy.who}): ${remedy.action} ${remedy.url ?? ''}`)
  }
  console.log(`\nPolicy: ${String(value)}. Last run ${moment(startedAt)}, because of ${cause}.\n`)
  const [about, found, wanted] = [0, 1, 2]
  const rows = verdict.evidence.map((seen) => [seen.about, seen.found, seen.wanted ?? '', stateLabel[seen.state]])
  print(
    {
      rows,
      columns: {
        'looked at': (row) => row[about] ?? '',
        found: (row) => shortened(row[found] ?? ''),
        wanted: (row) => shortened(row[wanted] ?? ''),
        state: (row) => row[3] ?? '',
      },
      empty: 'No evidence was needed.',
    },
    false,
  )
  if (calls.length > 0)
    console.log(
      `\nGitHub was asked:\n${calls.map((call) => `  ${call.method} ${call.path} → ${call.status ?? 'no answer'}`).join('\n')}`,
    )
}

async function run(id: string): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control, connection } = await find(guardpost, id)
    const { path, resourceId } = control
    const { store, clock } = guardpost.means
    await store.jobs.enqueue([controlJob(connection.id, { path, resourceId, why: 'asked for', fresh: true }, clock())])
    console.log('Queued: the running `guardpost start` judges it now.')
  })
}

async function find(guardpost: Guardpost, id: string): Promise<{ control: ControlRecord; connection: Connection }> {
  for (const connection of await connectionsOf(guardpost, undefined)) {
    const control = await guardpost.means.store.controls.get(connection.id, Number(id))
    if (control) return { control, connection }
  }
  throw new UsedWrongly(`There is no control ${id}. \`guardpost controls\` lists them.`)
}
