import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import { parse } from 'graphql'
import { appManifest } from '../src/engine/manifest.ts'
import { reporters } from '../src/reporters/index.ts'
import { costOf } from '../src/simulator/graphql/cost.ts'
import type { SeenRequest } from '../src/simulator/http/seen-request.ts'
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts'
import { type GuardpostProcess, startGuardpost } from './guardpost-process.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * A first discovery of a whole organization, by a Guardpost in a process of its own that is killed at half and started
 * again: how much it asks of GitHub until everything is recorded, and how much memory that takes.
 */

/** What all lists of an organization with so many repositories may cost at most. */
const mostRequests = (repositories: number) => Math.max(100, repositories * 0.04)
const mostRss = 512

interface Found {
  readonly repositories: number
  /** Pages of lists with the core fields, those that were asked for again after the kill included. */
  readonly requests: number
  /** With them the pages of what lies below repositories: rulesets, branch protections, deploy keys. */
  readonly allRequests: number
  readonly points: number
  /** From the start of the first process to the last page, without what the killed one did not need to do again. */
  readonly seconds: number
  readonly rssMb: number
  readonly killedAt: number
  /** Repositories that were asked for again after the kill. */
  readonly again: number
  /** Repositories with all that is listed of them: the repository itself, its security features, its custom properties. */
  readonly recorded: number
  readonly ok: boolean
}

const listed = ['GitHub > Repository', 'GitHub > Repository Security', 'GitHub > Custom Property Values']

const webhookSecret = 'the secret of the App, for the bench'

function populate(sim: Simulator, count: number) {
  const org = sim.createOrganization({ login: 'acme' })
  for (let index = 0; index < 20; index++) org.addMember(`member-${index}`)
  for (let index = 0; index < 10; index++) org.createTeam({ name: `Team ${index}` }).addMember(`member-${index}`)
  org.defineProperty({ name: 'tier', defaultValue: 'low' })
  for (let index = 0; index < count; index++) {
    const repository = org.createRepository({ name: `repository-${index}`, visibility: 'private', topics: ['bench'] })
    if (index % 5 === 0) repository.protectBranch('main', { requiresApprovingReviews: true })
    if (index % 20 === 0) repository.addDeployKey({ title: 'deployer' })
    if (index % 50 === 0) repository.createRuleset({ name: 'no deletions' })
  }
  return org
}

async function measured(count: number): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-bench-'))
  const sim = await startSimulator({ flavour: 'ghes', keepPayloads: 0 })
  const org = populate(sim, count)
  const host = 'https://guardpost.example'
  const manifest = appManifest(reporters, { name: 'Guardpost', url: host, hookUrl: `${host}/api/github/webhooks` })
  const app = sim.createApp({
    name: 'Guardpost',
    owner: org,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhook: { url: manifest.hook_attributes.url, secret: webhookSecret },
  })
  sim.install(app, org)
  await sim.idle()
  const file = join(folder, 'guardpost.sqlite')
  const environment = {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GHE_HOST: new URL(sim.apiUrl).host,
    GHE_PROTOCOL: 'http',
    GUARDPOST_URL: host,
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${file}`,
  }
  try {
    return await watched(sim, file, count, () => startGuardpost(environment))
  } finally {
    await sim.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function watched(
  sim: Simulator,
  file: string,
  count: number,
  start: () => Promise<GuardpostProcess>,
): Promise<Found> {
  const startedAt = Date.now()
  const first = await start()
  const database = new BetterSqlite3(file, { readonly: true })
  const half = await until(() => progress(database) >= count / 2 && progress(database))
  let rss = peakOf(first)
  await first.end('SIGKILL')
  const killedAt = progress(database)
  const before = sim.requests.length
  const second = await start()
  await until(() => isOver(database))
  const seconds = (Date.now() - startedAt) / 1_000
  rss = Math.max(rss, peakOf(second))
  await second.end()
  const live = database.prepare('select count(*) from resources where type = ? and gone_at is null').pluck()
  const recorded = Math.min(...listed.map((type) => Number(live.get(type))))
  database.close()
  const pages = sim.requests.filter(isOfDiscovery)
  const repositoryPages = sim.requests
    .slice(before)
    .filter((request) => nameOf(request) === 'RepositoriesOfOrganization')
  const again = repositoryPages.length * 100 - (count - Math.floor(killedAt / 100) * 100)
  const points = pages.reduce((sum, request) => sum + pointsOf(request), 0)
  const requests = pages.filter((request) => !/^RepositoryList/.test(nameOf(request))).length
  const isWithin = pages.length <= mostRequests(count) && rss <= mostRss
  return {
    repositories: count,
    requests,
    allRequests: pages.length,
    points,
    seconds,
    rssMb: rss,
    killedAt: half,
    again: Math.max(0, again),
    recorded,
    ok: isWithin && recorded === count && again <= 200,
  }
}

async function until<T>(look: () => T | false): Promise<T> {
  const patience = Date.now() + 1_800_000
  for (;;) {
    const found = look()
    if (found !== false) return found
    if (Date.now() > patience) throw new Error('It does not come to an end.')
    await later(20)
  }
}

/** How many repositories the pass has gone through. */
function progress(database: BetterSqlite3.Database): number {
  const pass = database.prepare("select count from discoveries where type = 'GitHub > Repository'").pluck().get()
  return Number(pass ?? 0)
}

/** Every type that can be read was gone through to its end. */
function isOver(database: BetterSqlite3.Database): boolean {
  const passes = database.prepare('select ended_at from discoveries').pluck().all()
  const due = database.prepare("select count(*) from jobs where kind = 'discover' and run_at <= ?").pluck()
  return passes.length > 0 && !passes.includes(null) && due.get(Date.now()) === 0
}

/** Of a process, in MB (10⁶ bytes). */
function peakOf({ pid }: GuardpostProcess): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round((Number(kilobytes) * 1_024) / 1e6)
}

const nameOf = ({ body }: SeenRequest): string =>
  /^\s*query (\w+)/.exec(String((body as { query?: unknown } | undefined)?.query ?? ''))?.[1] ?? ''

/** Lists of the organization, and what is read of some of their items: not what controls and reports ask. */
function isOfDiscovery(request: SeenRequest): boolean {
  if (request.path === '/graphql') return /OfOrganization$|^RepositoryList/.test(nameOf(request))
  return /^GET \/orgs\/\{org\}\/(repos|outside_collaborators|rulesets|installations|properties|actions)/.test(
    request.route,
  )
}

function pointsOf({ path, body }: SeenRequest): number {
  if (path !== '/graphql') return 0
  const { query, variables } = body as { query: string; variables: Record<string, unknown> }
  return costOf(parse(query), null, variables).points
}

const { values } = parseArgs({ options: { repositories: { type: 'string', default: '1000,10000' } } })
const all: Found[] = []
for (const repositories of values.repositories.split(',').map((each) => wholeNumber('--repositories', each))) {
  const found = await measured(repositories)
  all.push(found)
  console.log(JSON.stringify(found))
}
const largest = all.at(-1)
const { requests = 0, allRequests = 0, points = 0, seconds = 0, rssMb = 0 } = largest ?? {}
const ok = all.length > 0 && all.every((found) => found.ok)
console.log(
  JSON.stringify({
    ...{ bench: 'discover', repositories: largest?.repositories },
    ...{ requests, allRequests, points, seconds, rssMb, ok },
  }),
)
if (!ok) process.exitCode = 1
