import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { gatherControls, type ReportedControl } from '../engine/controls-report/gather.ts'
import { sarifOf } from '../engine/controls-report/sarif.ts'
import { stateLabel, worstFirst } from '../model/control-state.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption, organizationOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'

const help = `
The worst come first. Muted controls are counted apart and not listed; as JSON and SARIF they are there, marked as muted.
SARIF is what code scanning and many other tools read: a rule for each control type, a result for each control.

Examples:
  guardpost report
  guardpost report --organization acme --json > report.json
  guardpost report --sarif guardpost.sarif`

interface Options {
  readonly organization?: string
  readonly sarif?: string
  readonly json?: boolean
}

/** `guardpost report`: how everything stands, for a person, a program or another tool. */
export function report(): Command {
  return new Command('report')
    .description('Reports how every control stands, since when and why: as a table, JSON or SARIF.')
    .addOption(organizationOption())
    .option('--sarif <file>', 'write SARIF 2.1.0 to a file as well')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
}

async function run({ organization, sarif, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store, clock } = guardpost.means
    const now = clock()
    const controls = await gatherControls(store, await connectionsOf(guardpost, organization), now)
    if (sarif !== undefined) await write(sarif, sarifOf(controls, guardpost.version))
    const seen = controls.filter(({ mute }) => mute === null)
    const muted = controls.length - seen.length
    if (json) printJson({ at: now, counts: countsOf(seen), muted, controls })
    else tell(controls, now)
    if (sarif !== undefined && !json) say(`\n${sarif} holds it as SARIF.`)
  })
}

async function write(file: string, sarif: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(sarif, null, 2)}\n`).catch((error: NodeJS.ErrnoException) => {
    throw new UsedWrongly(`${file} cannot be written (${error.code}). Name a file in a folder that is there.`)
  })
}

const countsOf = (controls: readonly ReportedControl[]): Record<string, number> =>
  Object.fromEntries(worstFirst.map((state) => [state, controls.filter((control) => control.state === state).length]))

function tell(controls: readonly ReportedControl[], now: number): void {
  const seen = controls.filter(({ mute }) => mute === null)
  const counts = worstFirst
    .map((state) => ({ state, count: seen.filter((control) => control.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${stateLabel[state]}`)
  const muted = controls.length - seen.length
  if (controls.length > 0)
    say(`${moment(now)}: ${counts.join(', ') || 'none to show'}${muted > 0 ? `; ${muted} muted` : ''}\n`)
  const columns: Record<string, (control: ReportedControl) => string> = {
    state: ({ state }) => stateLabel[state],
    control: ({ path }) => path,
    resource: ({ resource }) => resource.title,
    since: ({ since }) => moment(since),
    ...(seen.some(({ marks }) => marks.length > 0) && { marks: ({ marks }) => marks.join(', ') }),
    reason: ({ reason }) => reason,
  }
  print(
    {
      rows: seen,
      columns,
      empty: 'There is no control to report. `guardpost start` makes them as soon as an organization is connected.',
    },
    false,
  )
}
