import { userInfo } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import { muteControl, unmuteControl } from '../engine/mute.ts'
import { stateLabel } from '../model/control-state.ts'
import type { Mute } from '../model/mute.ts'
import { findControl } from './find-control.ts'
import { UsedWrongly, withGuardpost } from './opened.ts'
import { countFrom1, jsonOption, timeToCome } from './options.ts'
import { printJson, say } from './output.ts'

type End = Pick<Mute, 'until' | 'date'>

interface MuteOptions {
  readonly until: End
  readonly note?: string
  readonly json?: boolean
}

/** `guardpost controls mute`: hides a control. */
export const muteCommand = (): Command =>
  new Command('mute')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Hides a control: it still runs, and enforces nothing.')
    .addOption(
      new Option('--until <end>', '`ok`, `alarm`, `forever`, or a time, ISO 8601 with a time zone')
        .argParser(endOf)
        .makeOptionMandatory(),
    )
    .option('--note <text>', 'why')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost controls mute 5 --until ok --note "the owners know"')
    .action(mute)

/** `guardpost controls unmute`. */
export const unmuteCommand = (): Command =>
  new Command('unmute')
    .argument('<id>', 'as the list has it', countFrom1)
    .description('Shows a muted control again.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost controls unmute 5')
    .action(unmute)

function endOf(text: string): End {
  if (text === 'ok' || text === 'alarm' || text === 'forever') return { until: text, date: null }
  if (/^\d/.test(text)) return { until: 'date', date: timeToCome(text) }
  throw new InvalidArgumentError('It takes ok, alarm, forever, or a time like 2027-01-31T00:00:00Z.')
}

const ourselves = () => ({ actor: userInfo().username, source: 'cli' }) as const

async function mute(id: number, { until, note, json }: MuteOptions): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control } = await findControl(guardpost, id)
    if (until.until === control.state)
      throw new UsedWrongly(`It is ${stateLabel[control.state]} already: such a mute would end at once.`)
    await muteControl(guardpost.means, control, { ...until, note: note ?? null }, ourselves())
    if (json) printJson({ id, path: control.path, muted: true })
    else say(`Muted: ${control.path}. \`guardpost controls unmute ${id}\` shows it again.`)
  })
}

async function unmute(id: number, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { control } = await findControl(guardpost, id)
    if (!(await unmuteControl(guardpost.means, control, ourselves())))
      throw new UsedWrongly(`Control ${id} is not muted.`)
    if (json) printJson({ id, path: control.path, muted: false })
    else say(`No longer muted: ${control.path}.`)
  })
}
