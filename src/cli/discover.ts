import { setTimeout as later } from 'node:timers/promises'
import { Command } from 'commander'
import type { Guardpost } from '../compose.ts'
import { discoverJob } from '../engine/jobs.ts'
import { typesToDiscover } from '../engine/what-to-discover.ts'
import type { Connection } from '../model/connection.ts'
import type { Discovery } from '../model/discovery.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { print, printJson, say } from './output.ts'
import { tellWaiting } from './waiting.ts'

const help = `
It asks the running \`guardpost start\` for it, and shows how far it is. Ctrl-C ends the showing, not the discovery.
Exit status 1: GitHub refused something. What no policy asks for may stay ungranted: it is shown as not known.

Examples:
  guardpost discover
  guardpost discover acme --json`

/** How often it is looked at, in milliseconds. */
const rhythm = 250
/** Nobody may be there to do it; in milliseconds. */
const patience = 15_000

/** `guardpost discover`: reads everything anew, and shows how far that is. */
export function discover(): Command {
  return new Command('discover')
    .description('Reads everything of your organizations anew from GitHub, and shows how far that is.')
    .argument('[organization]', 'of one organization only')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
}

async function run(organization: string | undefined, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const connections = (await connectionsOf(guardpost, organization)).filter(({ status }) => status === 'active')
    if (connections.length === 0)
      throw new UsedWrongly('No organization is connected, or all are suspended: there is nothing to discover.')
    const { store, clock } = guardpost.means
    const since = clock()
    await store.jobs.enqueue(connections.map(({ id }) => discoverJob(id, 'cli', since)))
    const passes = []
    for (const connection of connections) passes.push(...(await follow(guardpost, connection, since, !json)))
    if (json) printJson(passes)
    else summarize(passes)
    if (passes.some(({ refusal }) => refusal && !ungranted.has(refusal.code))) process.exitCode = 1
  })
}

/** Nobody has to grant what no policy asks for. */
const ungranted: ReadonlySet<string> = new Set(['permission-not-granted', 'permission-not-requested'])

/** Until there was a pass over each type. */
async function follow(guardpost: Guardpost, connection: Connection, since: number, isTold: boolean) {
  const { store, clock } = guardpost.means
  const tell = isTold ? teller(connection.login) : () => {}
  let isWarned = false
  for (;;) {
    const passes = (await store.discoveries.list(connection.id)).filter(({ startedAt }) => startedAt >= since)
    for (const pass of passes) tell(pass, clock())
    const ended = new Set(passes.flatMap(({ type, endedAt }) => (endedAt === null ? [] : [type])))
    const wanted = await typesToDiscover(store, connection, clock())
    if (wanted.every(({ type, discoveredWith }) => discoveredWith || ended.has(type))) return passes
    if (isTold && !isWarned && passes.length === 0 && clock() - since > patience) {
      say('Nothing has begun yet: is `guardpost start` running?')
      await tellWaiting(guardpost)
      isWarned = true
    }
    await later(rhythm)
  }
}

/** On a terminal one line with a bar, drawn over itself; elsewhere a line at each tenth. */
function teller(login: string): (pass: Discovery, now: number) => void {
  const said = new Map<string, string>()
  return (pass, now) => {
    const line = `${login}: ${lineOf(pass, now)}`
    const step = pass.endedAt === null ? Math.floor((pass.count / (pass.total || 1)) * 10) : 'ended'
    const { isTTY } = process.stdout
    if (!isTTY && pass.endedAt === null && !pass.total) return
    const key = isTTY ? line : String(step)
    if (said.get(pass.type) === key) return
    said.set(pass.type, key)
    if (isTTY) process.stdout.write(`\r\u001b[K${line}${pass.endedAt === null ? '' : '\n'}`)
    else say(line)
  }
}

const width = 24

function lineOf({ type, count, total, startedAt, endedAt, requests, refusal }: Discovery, now: number): string {
  const what = type.replace('GitHub > ', '')
  if (refusal) return `${what} is not known: ${refusal.reason}`
  const perSecond = Math.round((count * 1_000) / Math.max(1, (endedAt ?? now) - startedAt))
  const figures = `${count}${total === null ? '' : ` of ${total}`}, ${perSecond}/s, ${requests} requests`
  if (endedAt !== null || !total) return `${what} ${figures}`
  const full = Math.round((count / total) * width)
  const left = perSecond > 0 ? `, ${Math.ceil((total - count) / perSecond)} s left` : ''
  return `${what} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${figures}${left}`
}

const summarize = (passes: readonly Discovery[]): void =>
  print(
    {
      rows: passes,
      columns: {
        type: ({ type }) => type,
        seen: ({ count, refusal }) => (refusal ? 'not known' : String(count)),
        requests: ({ requests }) => String(requests),
        'why not': ({ refusal }) => refusal?.reason ?? '',
      },
      empty: 'Nothing was discovered.',
    },
    false,
  )
