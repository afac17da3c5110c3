import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { compose } from '../src/compose.ts'
import type { Holding } from '../src/model/access.ts'
import { controlStates } from '../src/model/control-state.ts'
import { startServer } from '../src/server/server.ts'
import { seeded } from '../src/simulator/random.ts'
import { organizationOf } from './many-controls.ts'
import { wholeNumber } from './whole-number.ts'

/** Lists, filters and groups over many controls, asked over HTTP by an owner of everything and by one of an organization. */
const { values } = parseArgs({
  options: {
    controls: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
})
const count = wholeNumber('--controls', values.controls)
const rounds = wholeNumber('--rounds', values.rounds)
const random = seeded(wholeNumber('--seed', values.seed))
/** In milliseconds. */
const mostP95 = 200

const folder = mkdtempSync(join(tmpdir(), 'guardpost-api-'))
const config = {
  app: null,
  token: null,
  signIn: null,
  apiUrl: 'http://127.0.0.1:1',
  host: '127.0.0.1',
  port: 0,
  url: 'https://guardpost.example',
  webhookProxyUrl: null,
  databaseFile: join(folder, 'guardpost.sqlite'),
  secretKey: 'ab'.repeat(32),
  secretKeyFile: join(folder, 'guardpost.key'),
  logLevel: 'silent',
  metricsToken: null,
  maxQueuedJobs: 1_000_000,
  keep: { deliveries: null, runs: null, versions: null, activities: null },
} as const
const guardpost = await compose(config, pino({ level: 'silent' }))
const { store } = guardpost.means

const madeAt = performance.now()
const large = await organizationOf(store, random, 1, 'large', Math.round(count * 0.9))
await organizationOf(store, random, 2, 'small', Math.round(count * 0.1))
console.log(JSON.stringify({ controls: count, madeInSeconds: Math.round((performance.now() - madeAt) / 1_000) }))

let holdings: readonly Holding[] = []
const visitorOf = async () => ({ personId: 1, login: 'mona', holdings, source: 'api' as const })
const server = await startServer({ ...guardpost, access: { ...guardpost.access, visitorOf } }, config)
const ask = async (path: string): Promise<{ next?: string | null }> => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { next?: string | null }
}

const filtered = (noun: string, filter: string) => `/${noun}?limit=50&filter=${encodeURIComponent(filter)}`
const name = () => `repository-${Math.floor(random() * count)}`
const asked: Readonly<Record<string, () => string>> = {
  list: () => '/controls?limit=50',
  'by state': () => filtered('controls', `state:${controlStates[Math.floor(random() * controlStates.length)]}`),
  'by two states': () => filtered('controls', 'state:alarm,error'),
  'by type': () => filtered('controls', 'type:"GitHub > Repository > CMDB"'),
  'by type and state': () => filtered('controls', 'type:"GitHub > Repository > CMDB" state:ok'),
  'by organization': () => filtered('controls', `connection:${random() < 0.5 ? 'large' : 'small'}`),
  'by place': () => filtered('controls', `under:${large.id} state:alarm`),
  'by text': () => filtered('controls', name()),
  'by text that is nowhere': () => filtered('controls', 'nowhere-to-be-found'),
  groups: () => '/control-types',
  resources: () => '/resources?limit=50',
  'resources by text': () => filtered('resources', name()),
  'resources below': () => filtered('resources', `parent:${large.id}`),
  activities: () => '/activities?limit=50',
  'activities by text': () => filtered('activities', name()),
  connections: () => '/connections',
}

const p95: Record<string, number> = {}
/** What this process worked for one request, asking and answering: it tells of a machine that is busy with other things. */
const cpuP95: Record<string, number> = {}
for (const [who, held] of Object.entries<readonly Holding[]>({
  everything: [{ place: 'everywhere', role: 'Owner' }],
  'one organization': [{ place: { connectionId: large.connectionId, resourceId: large.id }, role: 'Owner' }],
})) {
  holdings = held
  for (const [what, path] of Object.entries(asked)) await time(`${what}, ${who}`, () => ask(path()))
  for (const noun of ['controls', 'resources']) {
    let cursor = (await ask(`/${noun}?limit=200`)).next
    await time(`deep pages of ${noun}, ${who}`, async () => {
      const page = await ask(`/${noun}?limit=200&cursor=${cursor}`)
      cursor = page.next ?? cursor
    })
  }
}
await server.close()
await guardpost.close()
rmSync(folder, { recursive: true, force: true })
const worst = Math.max(...Object.values(p95))
const ok = worst <= mostP95
console.log(
  JSON.stringify({
    bench: 'api',
    controls: count,
    rounds,
    p95,
    cpuP95,
    worst,
    worstCpu: Math.max(...Object.values(cpuP95)),
    ok,
  }),
)
process.exitCode = ok ? 0 : 1

/** The first is not counted: statements are prepared, and pages read, once. */
async function time(what: string, once: () => Promise<unknown>): Promise<void> {
  await once()
  const times: number[] = []
  const cpu: number[] = []
  for (let n = 0; n < rounds; n++) {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    await once()
    times.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(used)
    cpu.push((user + system) / 1_000)
  }
  p95[what] = at(times, 0.95)
  cpuP95[what] = at(cpu, 0.95)
  console.log(JSON.stringify({ what, p50: at(times, 0.5), p95: p95[what], max: at(times, 1), cpuP95: cpuP95[what] }))
}

function at(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10
}
