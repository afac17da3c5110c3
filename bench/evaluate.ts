import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { controlJob } from '../src/engine/jobs.ts'
import { observe } from '../src/engine/observe.ts'
import { resourceTypes } from '../src/resources/index.ts'
import { repository } from '../src/resources/repository.ts'
import { guardpostAlone } from './guardpost-alone.ts'
import { wholeNumber } from './whole-number.ts'

/** How many controls a second are judged from the record: claimed, resolved, judged and their runs written. */
const { values } = parseArgs({
  options: { repositories: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' } },
})
const repositories = wholeNumber('--repositories', values.repositories)
const path = 'GitHub > Repository > CMDB'
const say = (line: object) => console.log(JSON.stringify(line))
const rssMb = () => Math.round(process.memoryUsage.rss() / 1e6)
/** How often it is told how far it is, in milliseconds. */
const rhythm = 5_000

const folder = mkdtempSync(join(tmpdir(), 'guardpost-evaluate-'))
const guardpost = await guardpostAlone(join(folder, 'guardpost.sqlite'))
const { store, clock } = guardpost.means
const organization = { organizationId: 1, organizationNodeId: 'O_1', login: 'acme', installationId: null }
const connection = await store.connections.save({ kind: 'token', ...organization }, clock())
const type = resourceTypes.find(({ type }) => type === repository.type)
if (!type) throw new Error('There is no type of repositories.')
const cause = { why: 'a benchmark', actor: null, deliveryId: null }
for (let from = 0; from < repositories; from += 500)
  await store.redoable(async (tx) => {
    for (let n = from; n < Math.min(from + 500, repositories); n++) {
      const data = {
        databaseId: n,
        name: `repository-${n}`,
        nameWithOwner: `acme/repository-${n}`,
        visibility: 'private',
      }
      await observe(
        tx,
        connection,
        type,
        { kind: 'seen', nodeId: `R_${n}`, data },
        { source: 'discovery', at: clock(), cause },
      )
    }
  })
const found = await store.resources.list(connection.id, { type: repository.type })
say({ recorded: found.length, rssMb: rssMb() })

/** Works off what is due, and tells meanwhile how much is left; in seconds. */
async function workOff(about: object): Promise<number> {
  const begun = performance.now()
  const telling = setInterval(async () => say({ ...about, queued: (await store.jobs.counts()).queued }), rhythm)
  await guardpost.engine.idle()
  clearInterval(telling)
  return (performance.now() - begun) / 1_000
}
await guardpost.engine.start()
say({ begun: true, seconds: Math.round(await workOff({ begun: false })) })

const rounds: number[] = []
for (let round = 1; round <= wholeNumber('--rounds', values.rounds); round++) {
  await store.jobs.enqueue(
    found.map(({ id }) =>
      controlJob(connection.id, { path, resourceId: id, why: 'a benchmark', fresh: false }, clock()),
    ),
  )
  rounds.push(Math.round(repositories / (await workOff({ round }))))
  say({ round, controlsPerSecond: rounds.at(-1), rssMb: rssMb() })
}
const controls = await store.controls.list(connection.id, { path })
const runs = await store.controls.runs(connection.id, controls[0]?.id ?? 0, 10)
await guardpost.close()
rmSync(folder, { recursive: true, force: true })
const ok = controls.length === repositories && controls.every(({ state }) => state === 'ok') && runs.length > 0
say({
  bench: 'evaluate',
  cores: cpus().length,
  repositories,
  controls: controls.length,
  controlsPerSecond: rounds.toSorted((a, b) => a - b)[rounds.length >> 1],
  rssMb: rssMb(),
  load: loadavg()[0],
  ok,
})
process.exitCode = ok ? 0 : 1
