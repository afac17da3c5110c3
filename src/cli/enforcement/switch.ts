import { userInfo } from 'node:os'
import { Command } from 'commander'
import { flipSwitch } from '../../engine/enforcement/switch.ts'
import type { EnforcementSwitch } from '../../model/enforcement.ts'
import { connectionsOf, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { printJson, say } from '../output.ts'
import { onOption } from './on-option.ts'

interface Options {
  readonly on?: string
  readonly note?: string
  readonly json?: boolean
}

/** `guardpost enforcement stop`: the kill switch. */
export const stopCommand = (): Command =>
  new Command('stop')
    .description('Stops all enforcement at once, that under way included; of one organization, or of all.')
    .addOption(onOption())
    .option('--note <text>', 'why')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  guardpost enforcement stop --note "something is off"\n  guardpost enforcement stop --on acme',
    )
    .action((options: Options) => flip('stopped', options))

/** `guardpost enforcement resume`. */
export const resumeCommand = (): Command =>
  new Command('resume')
    .description('Lets enforcement go on where it was stopped, with what waited meanwhile.')
    .addOption(onOption())
    .option('--note <text>', 'why')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  guardpost enforcement resume\n  guardpost enforcement resume --on acme')
    .action((options: Options) => flip('going', options))

async function flip(to: EnforcementSwitch['to'], { on, note, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const places = on === undefined ? [null] : (await connectionsOf(guardpost, on)).map(({ id }) => id)
    let isChanged = false
    for (const connectionId of places) {
      const wanted = { connectionId, to, by: userInfo().username, why: note ?? null }
      isChanged = (await flipSwitch(guardpost.means, wanted, 'cli')) || isChanged
    }
    if (json) return printJson({ on: on ?? null, enforcement: to, changed: isChanged })
    const where = on ?? 'all organizations'
    if (!isChanged)
      return say(`It was so already: enforcement of ${where} ${to === 'stopped' ? 'is stopped' : 'goes on'}.`)
    if (to === 'stopped')
      return say(`Stopped: nothing is changed on GitHub for ${where}. \`guardpost enforcement resume\` ends that.`)
    const others = await guardpost.means.store.enforcements.lastSwitch(null)
    say(`Enforcement of ${where} goes on, if Guardpost is running.`)
    if (on !== undefined && others?.to === 'stopped')
      say('But all enforcement is stopped still: `guardpost enforcement resume` ends that.')
  })
}
