import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { controlTypes } from '../../src/controls/index.ts'
import { sweepJob, wholly } from '../../src/engine/jobs.ts'
import { observe } from '../../src/engine/observe.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import type { Connection } from '../../src/model/connection.ts'
import { asks } from '../../src/model/policy.ts'
import type { Store } from '../../src/model/store.ts'
import { resourceTypes } from '../../src/resources/index.ts'

export interface Told {
  readonly repositories: number
  readonly controls: number
  /** From the first look until the last state is stored, each control for the first time. */
  readonly firstSeconds: number
  readonly evaluationsPerSecond: number
  readonly changeSeconds: number
  /** The same in processor time: what other processes take does not count. */
  readonly processor: { readonly evaluationsPerSecond: number; readonly changeSeconds: number }
  /** The longest time that nothing else had its turn, in milliseconds. */
  readonly longestTurnMs: number
  readonly rssMb: number
  readonly isRight: boolean
}

const organizationType = 'GitHub > Organization'
const repositoryType = 'GitHub > Repository'
const inOneTransaction = 500

/** Judges every control of `repositories` repositories, again and again, in a database of its own. */
export async function policies(databaseFile: string, repositories: number): Promise<Told> {
  const guardpost = await compose(
    readConfig({
      WEBHOOK_SECRET: '',
      GHE_HOST: '127.0.0.1:1',
      GHE_PROTOCOL: 'http',
      GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: `file:${databaseFile}`,
    }),
    pino({ level: 'silent' }),
  )
  const { store, clock } = guardpost.means
  const organization = { organizationId: 1, organizationNodeId: 'O_1', login: 'acme', installationId: null }
  const connection = await store.connections.save({ kind: 'token', ...organization }, clock())
  await fill(store, connection, repositories)
  await store.jobs.drop(connection.id)
  const root = await store.resources.byNodeId(connection.id, organizationType, 'O_1')
  const ofRepositories = controlTypes.filter(({ target }) => target === repositoryType)
  const paths = ofRepositories.map(({ path }) => path)
  const evaluations = repositories * paths.length

  let longestTurnMs = 0
  const done = async () => {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    let last = begun
    const watch = setInterval(() => {
      longestTurnMs = Math.max(longestTurnMs, performance.now() - last)
      last = performance.now()
    }, 1)
    await guardpost.engine.idle()
    clearInterval(watch)
    const { user, system } = process.cpuUsage(used)
    return { seconds: (performance.now() - begun) / 1_000, processorSeconds: (user + system) / 1e6 }
  }
  const judgeAll = async (why: string) => {
    await store.jobs.enqueue([sweepJob(connection.id, { ...wholly, paths, placeId: null, why }, clock())])
    return done()
  }
  const first = await judgeAll('first')
  const again = await judgeAll('again')

  const changed = ofRepositories[0]
  if (!changed || !root) throw new Error('There is nothing to judge.')
  await setPolicy(
    { store, clock },
    {
      ...asks(changed.path, 'Skip'),
      ...{ folderId: null, connectionId: connection.id, resourceId: root.id, selector: null },
      ...{ setBy: 'a benchmark', source: 'cli', origin: null },
    },
  )
  const change = await done()
  const states = (await store.controls.census(Date.now())).filter(({ path }) => path === changed.path)
  const parked = await store.jobs.parked()
  await guardpost.close()
  return {
    repositories,
    controls: paths.length,
    firstSeconds: rounded(first.seconds),
    evaluationsPerSecond: Math.round(evaluations / again.seconds),
    changeSeconds: rounded(change.seconds),
    processor: {
      evaluationsPerSecond: Math.round(evaluations / again.processorSeconds),
      changeSeconds: rounded(change.processorSeconds),
    },
    longestTurnMs: Math.round(longestTurnMs),
    rssMb: Math.round(process.memoryUsage.rss() / 1e6),
    isRight:
      states.length === 1 && states[0]?.state === 'skipped' && states[0].count === repositories && parked.length === 0,
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100

async function fill(store: Store, connection: Connection, repositories: number): Promise<void> {
  const type = (name: string) => {
    const found = resourceTypes.find((known) => known.type === name)
    if (!found) throw new Error(`There is no type ${name}.`)
    return found
  }
  const cause = { why: 'a benchmark', actor: null, deliveryId: null }
  const sighted = { source: 'discovery', at: Date.now(), cause } as const
  await store.redoable((tx) =>
    observe(tx, connection, type(organizationType), { kind: 'seen', nodeId: 'O_1', data: { login: 'acme' } }, sighted),
  )
  for (let from = 0; from < repositories; from += inOneTransaction)
    await store.redoable(async (tx) => {
      for (let n = from; n < Math.min(from + inOneTransaction, repositories); n++)
        await observe(
          tx,
          connection,
          type(repositoryType),
          { kind: 'seen', nodeId: `R_${n}`, data: dataOf(n) },
          sighted,
        )
    })
}

/** As discovery gives it, whole. */
const dataOf = (n: number) => ({
  databaseId: n,
  name: `repository-${n}`,
  nameWithOwner: `acme/repository-${n}`,
  url: `https://github.com/acme/repository-${n}`,
  description: `What repository-${n} is for, in so many words as people like to write of it.`,
  homepageUrl: null,
  visibility: n % 10 === 0 ? 'public' : 'private',
  isArchived: n % 20 === 0,
  isFork: n % 7 === 0,
  isTemplate: false,
  defaultBranch: n % 3 === 0 ? 'master' : 'main',
  topics: ['one', 'two', 'three'],
  hasIssuesEnabled: true,
  hasProjectsEnabled: n % 2 === 0,
  hasWikiEnabled: n % 2 === 1,
  hasDiscussionsEnabled: false,
  forkingAllowed: false,
  webCommitSignoffRequired: false,
  mergeCommitAllowed: true,
  squashMergeAllowed: true,
  rebaseMergeAllowed: n % 5 === 0,
  autoMergeAllowed: false,
  allowUpdateBranch: false,
  deleteBranchOnMerge: n % 4 === 0,
  createdAt: '2024-01-01T00:00:00Z',
  pushedAt: '2026-01-01T00:00:00Z',
  headSha: 'a'.repeat(40),
})
