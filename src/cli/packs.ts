import { Command } from 'commander'
import { attachCommand, detachCommand, orderCommand } from './packs/attach.ts'
import { createCommand, deleteCommand, setCommand, unsetCommand } from './packs/change.ts'
import { listCommand, showCommand } from './packs/show.ts'

const examples = `
Examples:
  guardpost packs
  guardpost packs attach baseline --on acme
  guardpost packs attach strict-web --on acme --topic production`

/** `guardpost packs`: policies that go together. */
export function packs(): Command {
  const command = new Command('packs')
    .description('Shows, changes and attaches policy packs: settings that go together.')
    .addHelpText('after', examples)
  command.addCommand(listCommand(), { isDefault: true })
  for (const each of [
    showCommand(),
    createCommand(),
    setCommand(),
    unsetCommand(),
    deleteCommand(),
    attachCommand(),
    detachCommand(),
    orderCommand(),
  ])
    command.addCommand(each)
  return command
}
