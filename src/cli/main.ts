import { Command, CommanderError } from 'commander'
import { version } from '../compose.ts'
import { WrongConfiguration } from '../config.ts'
import { WrongPolicy } from '../engine/wrong-policy.ts'
import { Refusal } from '../model/github.ts'
import { activities } from './activities.ts'
import { backup } from './backup.ts'
import { completion } from './completion.ts'
import { connect } from './connect.ts'
import { controls } from './controls.ts'
import { deliveries } from './deliveries.ts'
import { demo } from './demo.ts'
import { discover } from './discover.ts'
import { doctor } from './doctor.ts'
import { enforcement } from './enforcement.ts'
import { exceptions } from './exceptions.ts'
import { folders } from './folders.ts'
import { imports } from './import.ts'
import { jobs } from './jobs.ts'
import { UsedWrongly } from './opened.ts'
import { packs } from './packs.ts'
import { people } from './people.ts'
import { plan } from './plan.ts'
import { policies } from './policies.ts'
import { query } from './query.ts'
import { remove } from './remove.ts'
import { report } from './report.ts'
import { resources } from './resources.ts'
import { start } from './start.ts'

const about = 'Guards a GitHub organization in real time.'

const help = `
Exit status: 0 done, 1 a check failed, 2 used wrongly.

Examples:
  guardpost demo                    see it at work, on this machine alone
  guardpost start                   run it; the first time, it is set up by clicks
  guardpost controls --state error  what is wrong
  guardpost controls show 5         and what to do about it
  guardpost doctor                  what is wrong between GitHub and here`

/** Runs one command. Resolves to the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    return statusOf(error)
  }
}

/** The command line with all its commands. Errors of use are thrown, for `main` to give them one exit status. */
export function program(): Command {
  const root = new Command('guardpost').description(about).version(version()).addHelpText('after', help)
  const groups = {
    'Begin:': [start(), demo(), connect(), imports()],
    'Look:': [resources(), controls(), activities(), report(), query()],
    'Say what is asked:': [policies(), plan(), folders(), packs(), exceptions(), enforcement()],
    'Keep it running:': [doctor(), discover(), deliveries(), jobs(), backup(), people(), remove()],
    'Besides:': [completion(() => root)],
  }
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) {
      tellList(command)
      root.addCommand(command.helpGroup(heading))
    }
  root.commandsGroup('Besides:').helpCommand(true)
  throwing(root, 'guardpost')
  return root
}

function throwing(command: Command, name: string): void {
  command.exitOverride().showHelpAfterError(`\`${name} --help\` shows what it takes.`)
  for (const sub of command.commands) throwing(sub, `${name} ${sub.name()}`)
}

/** What takes commands and is given none lists: that its help, which shows commands, cannot tell by itself. */
function tellList(command: Command): void {
  if (command.commands.some((sub) => sub.name() === 'list'))
    command.addHelpText(
      'after',
      `\nWithout a command it lists; \`guardpost ${command.name()} help list\` has the options.`,
    )
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof WrongConfiguration || error instanceof WrongPolicy || error instanceof UsedWrongly) {
    console.error(error.message)
    return 2
  }
  console.error(error instanceof Error ? error.message : error)
  const remedy = error instanceof Refusal ? error.diagnosis.remedy : undefined
  if (remedy) console.error(`What to do (${remedy.who}): ${remedy.action} ${remedy.url ?? ''}`)
  return 1
}
