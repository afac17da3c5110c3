import { Command } from 'commander'
import { type Examination, examine } from '../engine/doctor/doctor.ts'
import { waitForPing } from '../engine/doctor/ping.ts'
import type { Symptom } from '../engine/doctor/symptom.ts'
import { connectionsOf, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { printJson, say } from './output.ts'
import { spinning } from './spinner.ts'

const help = `
It looks at this server (database, disk, address, work given up) and, for each organization, asks GitHub now: permissions
needed, requested and granted by the policies in force, events, webhooks, the delivery log, limits, and its clock.
GitHub is only read, but for one thing: it is asked to ping the organization webhooks that are ours, and the ping must come
back with our signature. --no-ping leaves that out. Run it where \`guardpost start\` runs, with the same environment; or see the console,
where a connection has a button for it.

Exit status: 0 all is well or not known yet, 1 something is wrong, 2 used wrongly.

Examples:
  guardpost doctor
  guardpost doctor acme --no-ping
  guardpost doctor --json`

interface Options {
  readonly ping: boolean
  readonly json?: boolean
}

/** `guardpost doctor`: what is wrong between GitHub and here, and what to do about it. */
export function doctor(): Command {
  return new Command('doctor')
    .argument('[organization]', 'this one only')
    .description('Looks for what is wrong between GitHub and this server, and says what to do.')
    .option('--no-ping', 'ask GitHub for no ping: only read')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
}

async function run(organization: string | undefined, { ping, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const connections = await connectionsOf(guardpost, organization)
    const options = { version: guardpost.version, ask: fetch, ping: ping ? waitForPing : null }
    const examined: Examination[] = []
    const examination = examine(guardpost.means, connections, options)[Symbol.asyncIterator]()
    for (;;) {
      const { value: each, done } = await spinning('Looking…', () => examination.next())
      if (done) break
      examined.push(each)
      if (!json) tell(each)
    }
    const wrong = examined.flatMap(({ symptoms }) => symptoms).filter(({ level }) => level === 'wrong').length
    if (json) printJson(examined)
    else
      say(`\n${wrong === 0 ? 'Nothing is wrong.' : wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`}`)
    if (!json && connections.length === 0) say(nothingConnected)
    if (wrong > 0) process.exitCode = 1
  })
}

const nothingConnected =
  'No organization is connected yet: `guardpost start` sets it up by clicks, and `guardpost connect --help` shows how by a token.'

const signs: Readonly<Record<Symptom['level'], string>> = { ok: '✓', unknown: '?', wrong: '✗' }

function tell({ of, symptoms }: Examination): void {
  say(`\n${of ?? 'This server'}`)
  for (const { about, found, level, remedy } of symptoms) {
    say(`  ${signs[level]} ${about}: ${found}`)
    if (remedy) say(`      What to do (${remedy.who}): ${remedy.action}`)
    // Not wrapped: it is there to be copied.
    if (remedy?.url) console.log(`      ${remedy.url}`)
  }
}
