import { open as openFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { Guardpost } from '../compose.ts'
import { exported, exportLine } from '../engine/export.ts'
import { type RemovalPreview, removalPreview } from '../engine/removal-preview.ts'
import { askRemoval, remove as removeHere } from '../engine/remove.ts'
import { isWorkedOn } from '../engine/working.ts'
import type { Connection } from '../model/connection.ts'
import { Refusal } from '../model/github.ts'
import type { Removal, RemovalStep } from '../model/removal.ts'
import { UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { printJson, say } from './output.ts'

const help = `
What goes is shown first, and the organization's name typed: nothing of it can be had back. Guardpost takes its
webhooks off the organization, closes its issues, settles its checks, and deletes the credential and all that it
recorded. Uninstalling the App, or deleting the token on GitHub, is left to you.

Repeat it if it was cut off or GitHub refused something: it goes on where it stood. What cannot be had from GitHub any
more (the App is uninstalled, the token revoked) stays there if you say --forget; you are told what.

Examples:
  guardpost remove acme
  guardpost remove acme --export acme.jsonl
  guardpost remove acme --yes acme --forget --json`

interface Options {
  readonly yes?: string
  readonly forget?: boolean
  readonly export?: string
  readonly json?: boolean
}

/** `guardpost remove`: an organization, with all that was recorded of it and done on it. */
export function remove(): Command {
  return new Command('remove')
    .description('Removes an organization, its webhooks and issues of ours, and all that was recorded.')
    .argument('<organization>', 'its login')
    .option('--yes <name>', 'the name again, in place of typing it: for programs')
    .option('--forget', 'go on where GitHub refuses, and leave there what cannot be undone')
    .option('--export <file>', 'first write what was recorded, as JSON lines')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action((organization: string, options: Options) =>
      withGuardpost((guardpost) => run(guardpost, organization, options)),
    )
}

async function run(guardpost: Guardpost, organization: string, options: Options): Promise<void> {
  const connections = await removable(guardpost, organization)
  if (!options.json) for (const connection of connections) show(await removalPreview(guardpost.means, connection))
  await confirm(connections[0]?.login ?? organization, options)
  if (options.export !== undefined) await writeExport(guardpost, connections, options)
  const ends = []
  for (const connection of connections)
    ends.push({ connection, removal: await removeOne(guardpost, connection, options) })
  if (options.json) printJson(ends.map(({ connection, removal }) => asData(connection, removal)))
  else for (const { connection, removal } of ends) tell(connection, removal)
  if (ends.some(({ removal }) => removal.step !== null)) process.exitCode = 1
}

/** Those of the organization that are there, or on their way out. */
async function removable({ means }: Guardpost, organization: string): Promise<Connection[]> {
  const all = (await means.store.connections.list()).filter(({ status }) => status !== 'removed')
  const found = all.filter(({ login }) => login.toLowerCase() === organization.toLowerCase())
  if (found.length > 0) return found
  const known = all.map(({ login }) => login).join(', ')
  throw new UsedWrongly(`No organization ${organization} is connected. ${known ? `Connected: ${known}.` : 'None is.'}`)
}

function show({ connection, webhooks, issues, counts, remains }: RemovalPreview): void {
  say(`This removes ${connection.login}, connected by ${connection.kind === 'app' ? 'the App' : 'a token'}:`)
  say(
    `  recorded: ${[
      counted(counts.resources, 'resource'),
      counted(counts.controls, 'control'),
      counted(counts.settings, 'policy setting'),
      counted(counts.activities, 'activity', 'activities'),
      counted(counts.deliveries, 'delivery', 'deliveries'),
    ].join(', ')}`,
  )
  for (const { url } of webhooks) say(`  on GitHub: the webhook ${url}`)
  for (const { repository, number } of issues)
    say(`  on GitHub: the open issue #${number} in ${repository}, which is closed`)
  for (const { who, action, url } of remains) say(`  left to ${who}: ${action} ${url ?? ''}`.trimEnd())
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

async function confirm(login: string, { yes }: Options): Promise<void> {
  const isTyped = (name: string) => name.trim().toLowerCase() === login.toLowerCase()
  if (yes !== undefined) {
    if (isTyped(yes)) return
    throw new UsedWrongly(`--yes says ${yes}, but the organization is ${login}. Nothing was removed.`)
  }
  if (!process.stdin.isTTY)
    throw new UsedWrongly(`Nobody is there to type the name: say --yes ${login}. Nothing was removed.`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const typed = await asking.question(`Type ${login} to remove it: `).finally(() => asking.close())
  if (!isTyped(typed)) throw new UsedWrongly('That is another name. Nothing was removed.')
}

/** The file must be new: an earlier export may be the only one there is. */
async function writeExport(
  { means }: Guardpost,
  connections: readonly Connection[],
  { export: path = '', json }: Options,
) {
  const file = await openFile(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsedWrongly(`${path} cannot be written (${error.code}): name a new file. Nothing was removed.`)
  })
  let lines = 0
  try {
    for (const connection of connections)
      for await (const line of exported(means.store, connection)) {
        await file.write(`${exportLine(line)}\n`)
        lines++
      }
  } finally {
    await file.close()
  }
  if (!json) say(`Exported ${lines} lines to ${path}.`)
}

/** Whoever works on the database does it; nobody does: we. */
async function removeOne(
  { means }: Guardpost,
  { id }: Connection,
  { forget = false, json }: Options,
): Promise<Removal> {
  const { store } = means
  await askRemoval(means, id, { askedBy: userInfo().username, forget })
  const ended = new AbortController()
  const isElsewhere = await isWorkedOn(means)
  const here = isElsewhere ? null : workHere(means, id).finally(() => ended.abort())
  for (let told = ''; ; await sleep(glance, null, { signal: ended.signal }).catch(() => null)) {
    const removal = await store.connections.removal(id)
    if (!removal) throw new Error('The removal was given up: somebody connected the organization again.')
    const line = progressOf(removal)
    if (line !== told && !json) console.error(line)
    told = line
    const isOver = removal.step === null || (removal.failure !== null && removal.failure.retryAt === null)
    if (isOver || ended.signal.aborted) {
      await here
      return removal
    }
    if (isElsewhere && !(await isWorkedOn(means)))
      throw new Error('The Guardpost that did it has stopped. Repeat the command: it goes on where it stood.')
  }
}

/** How often the removal is looked at, in milliseconds. */
const glance = 200

/** Jobs that were running when a Guardpost died would be waited for in vain. */
async function workHere(means: Guardpost['means'], connectionId: number): Promise<void> {
  await means.store.jobs.recover()
  for (;;)
    try {
      return await removeHere(means, connectionId)
    } catch (error) {
      const retryAt = error instanceof Refusal ? error.retryAt : null
      if (retryAt === null) throw error
      await sleep(Math.max(glance, retryAt - means.clock()))
    }
}

const steps: Readonly<Record<RemovalStep, string>> = {
  quiet: 'Letting work that was begun end',
  webhooks: 'Taking our webhooks off the organization',
  reports: 'Closing our issues and settling our checks',
  credential: 'Deleting the credential',
  records: 'Deleting what was recorded',
}

function progressOf({ step, deleted, failure }: Removal): string {
  if (step === null) return 'Removed.'
  const line = `${steps[step]}${step === 'records' && deleted > 0 ? ` (${deleted} rows so far)` : ''}…`
  return failure?.retryAt
    ? `${line} It waits until ${new Date(failure.retryAt).toISOString()}: ${failure.reason}`
    : line
}

function tell({ login }: Connection, { step, failure, remains }: Removal): void {
  const isRemoved = step === null
  say(isRemoved ? `${login} is removed.` : `${login} is not removed yet. ${failure?.reason ?? ''}`)
  if (!isRemoved) say('Mend that and repeat the command; or say --forget, and leave on GitHub what is there.')
  for (const { who, action, url } of remains) say(`Left to ${who}: ${action} ${url ?? ''}`.trimEnd())
}

const asData = ({ login, kind }: Connection, { step, failure, remains, deleted }: Removal) => ({
  organization: login,
  kind,
  removed: step === null,
  deleted,
  failure,
  remains,
})
