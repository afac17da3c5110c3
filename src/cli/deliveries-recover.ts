import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { Guardpost } from '../compose.ts'
import { hookLogs, logsOf } from '../engine/hook-logs.ts'
import { logJob } from '../engine/jobs.ts'
import { isWorkedOn } from '../engine/working.ts'
import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import { connectionsOf, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { moment, print, printJson, say } from './output.ts'
import { tellWaiting } from './waiting.ts'

/** How often it is looked, and how often told, how far it is; in milliseconds. */
const look = 200
const rhythm = 2_000

/** `guardpost deliveries recover`: reads back from GitHub's log what did not arrive, now instead of in a few minutes. */
export const recover = (): Command =>
  new Command('recover')
    .argument('[organization]', 'its deliveries only')
    .description('Has the running Guardpost read GitHub’s delivery logs now, and read back what did not arrive.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  guardpost deliveries recover\n  guardpost deliveries recover acme --json')
    .action(work)

async function work(organization: string | undefined, { json }: { json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store, clock } = guardpost.means
    const connections = (await connectionsOf(guardpost, organization)).filter(({ status }) => status === 'active')
    const logs = (await Promise.all(connections.map((connection) => logsOf(store, connection)))).flat()
    const jobs = [...new Map(logs.map((log) => [log.hookId, logJob(log.hookId, log.connectionId, clock())])).values()]
    await store.jobs.enqueue(jobs)
    if (!(await isWorkedOn(guardpost.means))) {
      if (json) return printJson({ queued: jobs.length, logs: [] })
      return say('Queued. Guardpost reads them when it runs: it does so by itself, too, whenever it starts.')
    }
    await follow(guardpost, connections, jobs, json)
    await end(guardpost, connections, json)
  })
}

async function follow(
  { means }: Guardpost,
  connections: readonly Connection[],
  jobs: readonly NewJob[],
  json: boolean | undefined,
): Promise<void> {
  const { store, clock } = means
  for (let waited = 0; await store.jobs.isUnderWay(jobs, clock()); waited += look) {
    await sleep(look)
    if (!json && waited % rhythm === 0 && waited > 0)
      for (const { login, hook, lost } of await standing(means, connections))
        if (lost > 0) say(`${login}, hook ${hook}: ${lost} to be read back.`)
  }
}

async function standing({ store, clock }: Guardpost['means'], connections: readonly Connection[]) {
  const found = connections.map(async (connection) =>
    (await hookLogs(store, connection, clock())).map(({ hookId, reading, lost, unreadable, newest }) => ({
      login: connection.login,
      hook: hookId,
      readAt: reading?.readAt ?? null,
      lost: lost.count,
      readBack: new Set(newest.filter(({ isReadBack }) => isReadBack).map(({ guid }) => guid)).size,
      unreadable,
      refusal: reading?.refusal?.reason ?? null,
    })),
  )
  return (await Promise.all(found)).flat()
}

async function end(guardpost: Guardpost, connections: readonly Connection[], json: boolean | undefined): Promise<void> {
  const rows = await standing(guardpost.means, connections)
  if (rows.some(({ lost, refusal }) => lost > 0 || refusal)) process.exitCode = 1
  if (!json) await tellWaiting(guardpost)
  print(
    {
      rows,
      columns: {
        organization: (row) => row.login,
        hook: (row) => row.hook,
        read: (row) => (row.readAt === null ? 'never' : moment(row.readAt)),
        lost: (row) => String(row.lost),
        'read back': (row) => String(row.readBack),
        'no longer shown': (row) => String(row.unreadable),
        refused: (row) => row.refusal ?? '',
      },
      empty: 'No webhook of ours is there yet whose log could be read.',
    },
    json,
  )
}
