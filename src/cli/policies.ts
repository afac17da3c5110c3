import { Command } from 'commander'
import { getCommand } from './policies/get.ts'
import { listCommand } from './policies/list.ts'
import { setCommand, unsetCommand } from './policies/set.ts'

const examples = `
Examples:
  guardpost policies
  guardpost policies get "GitHub > Organization > Event Handlers" --on acme`

/** `guardpost policies`: what is asked of whom. */
export function policies(): Command {
  const command = new Command('policies')
    .description('Shows and sets what is asked of whom.')
    .addHelpText('after', examples)
  command.addCommand(listCommand(), { isDefault: true })
  command.addCommand(getCommand())
  command.addCommand(setCommand())
  command.addCommand(unsetCommand())
  return command
}
