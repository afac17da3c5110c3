import { Command } from 'commander'
import { confirmCommand, planCommand } from './enforcement/plan.ts'
import { releaseCommand } from './enforcement/release.ts'
import { list } from './enforcement/standing.ts'
import { resumeCommand, stopCommand } from './enforcement/switch.ts'
import { waitingCommand } from './enforcement/waiting.ts'
import { jsonOption, organizationOption } from './options.ts'

const examples = `
Examples:
  guardpost enforcement                         how far it is, and what waits for what
  guardpost enforcement stop --note "an audit"  nothing is changed on GitHub any more
  guardpost enforcement plan --on acme          what the first Enforce would change`

/** `guardpost enforcement`: what Guardpost changes on GitHub, and what keeps it from doing so. */
export function enforcement(): Command {
  const command = new Command('enforcement')
    .description('Shows what is changed on GitHub and what waits; stops it all, and lets through what waits for you.')
    .addHelpText('after', examples)
  command
    .command('list', { isDefault: true })
    .description('Shows how far it is in each organization, and what waits for what.')
    .addOption(organizationOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost enforcement list --organization acme')
    .action(list)
  for (const sub of [
    waitingCommand(),
    planCommand(),
    confirmCommand(),
    releaseCommand(),
    stopCommand(),
    resumeCommand(),
  ])
    command.addCommand(sub)
  return command
}
