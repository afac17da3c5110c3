import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import { appManifest } from '../src/engine/manifest.ts'
import { reporters } from '../src/reporters/index.ts'
import { appHookPath } from '../src/server/webhooks.ts'
import type { Repository } from '../src/simulator/repository.ts'
import { startSimulator } from '../src/simulator/simulator.ts'
import { startGuardpost } from './guardpost-process.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * How long the answer takes, and how long it is from sending an event to the state it makes. A Guardpost of its own
 * process is sent signed deliveries at a steady rate, whether it keeps up or not; the state is read from its database.
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
    repositories: { type: 'string', default: '200' },
    profile: { type: 'boolean', default: false },
  },
})
const rate = wholeNumber('--rate', values.rate)
const seconds = wholeNumber('--seconds', values.seconds)
const bodyBytes = 20_000
const goals = { answerP99Ms: 50, stateP99Ms: 2_000 }
/** How often the database is looked at, in milliseconds: what the state's latency is rounded up by. */
const rhythm = 20
const url = 'https://guardpost.example'
const secret = 'the secret of the App, for a benchmark'

const folder = mkdtempSync(join(tmpdir(), 'guardpost-latency-'))
const sim = await startSimulator({ flavour: 'ghes' })
const org = sim.createOrganization({ login: 'acme' })
const manifest = appManifest(reporters, { name: 'Guardpost', url, hookUrl: `${url}${appHookPath}` })
const app = sim.createApp({
  name: 'Guardpost',
  owner: org,
  permissions: manifest.default_permissions,
  events: manifest.default_events,
  webhook: { url: manifest.hook_attributes.url, secret },
})
org.createRepository({ name: '.github-private', visibility: 'private' })
const repositories = Array.from({ length: wholeNumber('--repositories', values.repositories) }, (_, n) =>
  org.createRepository({ name: `repository-${n}`, visibility: 'private' }),
)
const databaseFile = join(folder, 'guardpost.sqlite')
const guardpost = await startGuardpost(
  {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: secret,
    GHE_HOST: new URL(sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
    GUARDPOST_URL: url,
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${databaseFile}`,
    LOG_LEVEL: 'info',
  },
  values.profile ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [],
)
sim.addDns(new URL(url).hostname, guardpost.address)
const installation = sim.install(app, org)
const database = new BetterSqlite3(databaseFile, { readonly: true })

/** What an event says, and when it was sent. A later state of the same repository has it in itself. */
interface Sent {
  readonly at: number
  readonly says: string
}
const awaited = new Map<string, Sent[]>()
const answers: number[] = []
const states: number[] = []
const statuses: Record<string, number> = {}

const known = database.prepare<[], { node_id: string; description: string | null; head: string | null }>(
  `select node_id, data ->> 'description' as description, data ->> 'headSha' as head from resources
   where type = 'GitHub > Repository'`,
)

async function discovered(): Promise<void> {
  for (;;) {
    if (known.all().length > repositories.length) return
    await sleep(100)
  }
}
await sim.idle()
await discovered()
await sleep(1_000)
app.hook.active = false

function watch(): void {
  const now = performance.now()
  for (const { node_id, description, head } of known.all()) {
    for (const says of [description, head]) {
      const waiting = awaited.get(`${node_id}:${says === head ? 'push' : 'edit'}`)
      const index = waiting?.findLastIndex((sent) => sent.says === says) ?? -1
      for (const { at } of waiting?.splice(0, index + 1) ?? []) states.push(now - at)
    }
  }
}

const common = (repository: Repository) => ({
  repository: {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: `acme/${repository.name}`,
    html_url: `${sim.htmlUrl}/acme/${repository.name}`,
    description: repository.description,
    homepage: repository.homepage,
    private: true,
    visibility: 'private',
    archived: false,
    fork: false,
    topics: [],
    owner: { id: org.id, login: 'acme' },
    default_branch: 'main',
    created_at: new Date(repository.createdAt).toISOString(),
    updated_at: new Date(repository.updatedAt).toISOString(),
    pushed_at: new Date(repository.pushedAt).toISOString(),
  },
  organization: { id: org.id, login: 'acme' },
  installation: { id: installation.id },
  sender: { login: 'olga' },
})

/** Processor time of the Guardpost so far, in milliseconds: what other processes take does not count. */
function processorMs(): number {
  const [, fields = ''] = readFileSync(`/proc/${guardpost.pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  return (user + system) * 10
}

/** What all processes together took so far, in milliseconds. */
const machineMs = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0)

let count = 0
function change(): { event: string; payload: object; key: string; says: string } {
  const number = count++
  const repository = repositories[number % repositories.length]
  if (!repository) throw new Error('There is no repository.')
  if (number % 5 === 4) {
    const before = repository.branches.get('main')
    const after = repository.push()
    const payload = { ref: 'refs/heads/main', before, after, ...common(repository) }
    return { event: 'push', payload, key: `${repository.nodeId}:push`, says: after }
  }
  const says = `change ${number}`
  const from = repository.description
  repository.edit({ description: says })
  const payload = { action: 'edited', changes: { description: { from } }, ...common(repository) }
  return { event: 'repository', payload, key: `${repository.nodeId}:edit`, says }
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })
function deliver(): Promise<void> {
  const { event, payload, key, says } = change()
  const bare = JSON.stringify(payload)
  const body = JSON.stringify({ ...payload, filler: 'x'.repeat(Math.max(0, bodyBytes - bare.length)) })
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }
  const at = performance.now()
  awaited.set(key, [...(awaited.get(key) ?? []), { at, says }])
  return new Promise((resolve) => {
    const told = (status: string) => {
      statuses[status] = (statuses[status] ?? 0) + 1
      answers.push(performance.now() - at)
      resolve()
    }
    request(`${guardpost.address}${appHookPath}`, { method: 'POST', headers, agent }, (response) => {
      response.resume().on('end', () => told(String(response.statusCode)))
    })
      .on('error', (error: NodeJS.ErrnoException) => told(error.code ?? 'error'))
      .end(body)
  })
}

const percentile = (times: readonly number[], share: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
}

const machineBefore = machineMs()
const ownBefore = process.cpuUsage()
const processorBefore = processorMs()
const started = performance.now()
const watching = setInterval(watch, rhythm)
const telling = setInterval(() => {
  const jobs = Object.fromEntries(
    database.prepare<[], [string, number]>('select kind, count(*) from jobs group by kind').raw().all(),
  )
  const waiting = [...awaited.values()].reduce((sum, each) => sum + each.length, 0)
  const line = { second: Math.round((performance.now() - started) / 1000), sent: count, answered: answers.length }
  console.log(JSON.stringify({ ...line, waiting, jobs, answerP99Ms: percentile(answers, 0.99) }))
}, 5_000)
const underWay: Promise<void>[] = []
const total = rate * seconds
while (count < total) {
  const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate))
  while (count < due) underWay.push(deliver())
  await sleep(2)
}
await Promise.all(underWay)
const patience = performance.now() + 60_000
const isWaiting = () => [...awaited.values()].some((each) => each.length > 0)
while (isWaiting() && performance.now() < patience) await sleep(rhythm)
clearInterval(watching)
clearInterval(telling)
const processor = processorMs() - processorBefore
const own = process.cpuUsage(ownBefore)
const others = machineMs() - machineBefore - processor - (own.user + own.system) / 1_000
const elapsed = performance.now() - started
const missing = [...awaited.values()].reduce((sum, each) => sum + each.length, 0)
agent.destroy()
database.close()
const exit = await guardpost.end()
await sim.close()
rmSync(folder, { recursive: true, force: true })

const summary = {
  bench: 'latency',
  rate,
  seconds,
  sent: count,
  statuses,
  answerP50Ms: percentile(answers, 0.5),
  answerP99Ms: percentile(answers, 0.99),
  stateP50Ms: percentile(states, 0.5),
  stateP99Ms: percentile(states, 0.99),
  statesMissing: missing,
  processorMsPerDelivery: Math.round((processor / count) * 100) / 100,
  /** What other processes took meanwhile, in cores: it weighs on every figure. */
  othersTook: Math.round((others / elapsed) * 100) / 100,
  exit,
  goals,
}
const isMet =
  missing === 0 && summary.answerP99Ms <= goals.answerP99Ms && summary.stateP99Ms <= goals.stateP99Ms && exit === 0
console.log(JSON.stringify({ ...summary, ok: isMet }))
process.exitCode = isMet ? 0 : 1
