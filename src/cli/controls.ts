import { Command, Option } from 'commander'
import { controlTypes } from '../controls/index.ts'
import { controlJob } from '../engine/jobs.ts'
import type { ControlRecord } from '../model/control.ts'
import { type ControlState, controlStates, stateLabel } from '../model/control-state.ts'
import { nearest } from '../model/nearest.ts'
import { tellControl } from './control-told.ts'
import { findControl } from './find-control.ts'
import { muteCommand, unmuteCommand } from './mutes.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { countFrom1, jsonOption, limitOption, organizationOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'
import { tellWaiting } from './waiting.ts'

interface ListOptions {
  readonly organization?: string
  readonly state?: ControlState
  readonly type?: string
  readonly limit: number
  readonly muted?: boolean
  readonly json?: boolean
}

/** `guardpost controls`: what is judged, and how it stands. */
export function controls(): Command {
  const command = new Command('controls')
    .description('Shows the controls and their states.')
    .addHelpText('after', '\nExamples:\n  guardpost controls --state error\n  guardpost controls show 5')
  command
    .command('list', { isDefault: true })
    .description('Lists controls, but for those that are muted.')
    .addOption(organizationOption())
    .addOption(new Option('--state <state>', 'in one state only').choices(controlStates))
    .option('--type <path>', 'of one type only')
    .option('--muted', 'those that are muted as well')
    .addOption(limitOption(100))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  guardpost controls --state alarm --type "GitHub > Organization > Event Handlers"',
    )
    .action(list)
  command
    .command('show')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Shows one control: its state, evidence, what to do, and what GitHub was asked.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost controls show 5')
    .action(show)
  command
    .command('run')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Asks the running Guardpost to judge a control now.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost controls run 5')
    .action(run)
  command.addCommand(muteCommand())
  command.addCommand(unmuteCommand())
  return command
}

async function list({ organization, state, type, muted, limit, json }: ListOptions): Promise<void> {
  const paths = controlTypes.map(({ path }) => path)
  if (type !== undefined && !paths.includes(type))
    throw new UsedWrongly(`There is no control “${type}”. Did you mean “${nearest(type, paths)}”?`)
  await withGuardpost(async (guardpost) => {
    const { store, clock } = guardpost.means
    if (!json) await tellWaiting(guardpost)
    const filter = {
      limit,
      ...(!muted && { unmutedAt: clock() }),
      ...(state && { state }),
      ...(type && { path: type }),
    }
    const rows: (ControlRecord & { resource: string })[] = []
    for (const { id } of await connectionsOf(guardpost, organization))
      for (const control of await store.controls.list(id, filter))
        rows.push({ ...control, resource: (await store.resources.get(id, control.resourceId))?.title ?? '' })
    print(
      {
        rows,
        columns: {
          id: (row) => String(row.id),
          state: (row) => stateLabel[row.state],
          control: (row) => row.path,
          resource: (row) => row.resource,
          since: (row) => moment(row.since),
          reason: (row) => row.reason,
        },
        empty:
          state || type
            ? 'No control is like that.'
            : 'There is no control yet. `guardpost start` makes them as soon as an organization is connected.',
      },
      json,
    )
  })
}

async function show(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control, connection } = await findControl(guardpost, id)
    const { store } = guardpost.means
    const found = {
      control,
      resource: (await store.resources.get(connection.id, control.resourceId))?.title ?? '',
      run: await store.controls.lastRun(connection.id, control.id),
      reports: await store.reports.list(connection.id, control.id),
    }
    if (json) printJson({ ...control, resource: found.resource, run: found.run, reports: found.reports })
    else tellControl(found)
  })
}

async function run(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control, connection } = await findControl(guardpost, id)
    const { path, resourceId } = control
    const { store, clock } = guardpost.means
    await store.jobs.enqueue([controlJob(connection.id, { path, resourceId, why: 'asked for', fresh: true }, clock())])
    if (json) printJson({ id, path, queued: true })
    else say(`Queued. Guardpost judges it now if it is running; \`guardpost controls show ${id}\` tells.`)
  })
}
