import { Command } from 'commander'
import { openDoor } from './demo/door.ts'
import { ending } from './demo/ending.ts'
import { temporaryFolder } from './demo/folder.ts'
import { whereToLook } from './demo/look.ts'
import { type Outcome, walk } from './demo/step.ts'
import { steps } from './demo/steps.ts'
import { stream } from './demo/stream.ts'
import { openTown, type Town } from './demo/town.ts'
import { moment, say } from './output.ts'
import { indented } from './text.ts'

interface Options {
  readonly once?: boolean
  readonly json?: boolean
}

/** What is still running when the demo was told to end has so long to end with it, in milliseconds. */
const patience = 5_000

/** `guardpost demo`: the guide, walked on a simulated GitHub; it needs no environment and leaves nothing behind. */
export function demo(): Command {
  return new Command('demo')
    .description('Shows Guardpost at work on a simulated GitHub organization, on this machine alone.')
    .option('--once', 'end after the guide: status 0 if every step saw what it should, else 1')
    .option('--json', 'one JSON object per step, each on a line of its own')
    .addHelpText('after', '\nExamples:\n  guardpost demo\n  guardpost demo --once --json')
    .action(async (options: Options) => {
      process.exitCode = (await run(options)) ? 0 : 1
    })
}

/** Whether every step saw what it should. */
async function run(options: Options): Promise<boolean> {
  const end = ending()
  end.addEventListener('abort', () => setTimeout(() => process.exit(1), patience).unref())
  const folder = await temporaryFolder()
  try {
    const town = await openTown(folder.path)
    try {
      return await show(town, options, end)
    } finally {
      await town.close()
    }
  } finally {
    await folder.remove()
  }
}

async function show(town: Town, { once, json }: Options, end: AbortSignal): Promise<boolean> {
  const tell = json ? console.error : say
  // Not wrapped: their lines are there to be copied.
  const tellLines = json ? console.error : console.log
  tell(introduction(town))
  if (!once) tellLines(`\n${await openDoor(town)}`)
  let seen = 0
  for await (const outcome of walk(steps, town, end)) {
    if (json) printLine(outcome)
    else tellStep(outcome, !once)
    if (outcome.ok) seen++
  }
  const isWhole = seen === steps.length
  if (!isWhole || once) return isWhole
  tellLines(`\n${whereToLook(town)}\n`)
  await stream(town, (line) => tell(`${moment(Date.now())}  ${line}`), end)
  return true
}

const introduction = ({ sim, address, config }: Town): string =>
  `Guardpost runs at ${address}, and a simulated GitHub (its API, and the page to sign in) at ${sim.htmlUrl}, where ` +
  `webhooks to ${config.url} come to Guardpost. Nothing leaves this machine.`

function printLine({ step, title, ok, saw, expects }: Outcome): void {
  console.log(JSON.stringify({ step, title, ok, saw, ...(!ok && { expects }) }))
}

function tellStep({ step, title, ok, saw, expects, page }: Outcome, withPage: boolean): void {
  say(`\n${step}. ${title}`)
  say(indented(ok ? saw : `Expected: ${expects}.\nSeen: ${saw}`, ok ? '   ✓ ' : '   ✗ '))
  if (withPage) console.log(`   → ${page}`)
}
