import { Command, Option } from 'commander'
import type { DiscoverPayload } from '../engine/jobs.ts'
import { type Job, type JobState, jobStates } from '../model/job.ts'
import { UsedWrongly, withGuardpost } from './opened.ts'
import { countFrom1, jsonOption, limitOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'
import { tellWaiting } from './waiting.ts'

/** `guardpost jobs`: work that waits, and work that failed for good. */
export function jobs(): Command {
  const command = new Command('jobs')
    .description('Shows the work that was left to you, or waits, and tries one job again.')
    .addHelpText('after', '\nExamples:\n  guardpost jobs\n  guardpost jobs --state queued\n  guardpost jobs replay 7')
  command
    .command('list', { isDefault: true })
    .description('Lists jobs of one state, oldest first. Parked ones failed too often to be tried again by themselves.')
    .addOption(new Option('--state <state>', 'those in it').choices(jobStates).default('parked'))
    .addOption(limitOption(100))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost jobs --state queued --limit 20')
    .action(list)
  command
    .command('replay')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Asks the running Guardpost to try a parked job again.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost jobs replay 7')
    .action(replay)
  return command
}

interface ListOptions {
  readonly state: JobState
  readonly limit: number
  readonly json?: boolean
}

async function list({ state, limit, json }: ListOptions): Promise<void> {
  await withGuardpost(async (guardpost) => {
    if (!json) await tellWaiting(guardpost)
    print(
      {
        rows: await guardpost.means.store.jobs.list(state, limit),
        columns: {
          id: (row) => String(row.id),
          kind: (row) => row.kind,
          what: (row) => `${row.key}${progressOf(row)}`,
          attempts: (row) => String(row.attempts),
          due: (row) => moment(row.runAt),
          error: (row) => row.error ?? '',
        },
        empty: `No job is ${state}.`,
      },
      json,
    )
  })
}

/** Of a discovery: how many of how many it has seen. */
function progressOf({ kind, payload }: Job): string {
  const { progress } = (kind === 'discover' ? payload : {}) as Partial<DiscoverPayload>
  return progress ? ` (${progress.count} of ${progress.total})` : ''
}

async function replay(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async ({ means }) => {
    if (!(await means.store.jobs.replay(id, means.clock())))
      throw new UsedWrongly(`No job ${id} is parked. \`guardpost jobs\` lists those that are.`)
    if (json) printJson({ id, queued: true })
    else say('Queued. Guardpost tries it now if it is running; `guardpost jobs` shows it again if that fails.')
  })
}
