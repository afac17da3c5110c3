import { Command, CommanderError } from 'commander'
import { WrongConfiguration } from '../config.ts'
import { WrongPolicy } from '../engine/set-policy.ts'
import { activities } from './activities.ts'
import { connect } from './connect.ts'
import { controls } from './controls.ts'
import { demo } from './demo.ts'
import { UsedWrongly } from './opened.ts'
import { policies } from './policies.ts'
import { resources } from './resources.ts'
import { start } from './start.ts'

const about = `Guards a GitHub organization in real time.

Exit status: 0 done, 1 a check failed, 2 used wrongly.`

/** Runs one command. Resolves to the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('guardpost').description(about).showHelpAfterError('(--help shows what it takes)')
  program.configureHelp({ sortSubcommands: false }).exitOverride()
  for (const command of [start(), demo(), connect(), resources(), policies(), controls(), activities()])
    program.addCommand(inherit(command))
  try {
    await program.parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof WrongConfiguration || error instanceof WrongPolicy || error instanceof UsedWrongly) {
      console.error(error.message)
      return 2
    }
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

/** Errors of use are thrown at every depth, for `main` to give them one exit status. */
function inherit(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help shows what it takes)')
  for (const sub of command.commands) inherit(sub)
  return command
}
