import type { App } from './app.ts'
import { type By, senderOf } from './by.ts'
import type { CheckRun } from './check-run.ts'
import { emit } from './emit.ts'
import { nodeId } from './node-id.ts'
import { checkSuiteInEvent } from './payloads/check-suite.ts'
import { reaches } from './permission.ts'
import type { Repository } from './repository.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import { installationsOn, type World } from './world.ts'

/** The check runs of one App on one commit. */
export interface CheckSuite {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
  readonly createdAt: number
  updatedAt: number
}

export function suiteOf(
  world: World,
  repository: Repository,
  app: App,
  headSha: string,
  before: string | null = null,
): CheckSuite {
  const known = repository.checkSuites.find((suite) => suite.app === app && suite.headSha === headSha)
  if (known) return known
  const id = world.newId()
  const now = wholeSecond(world.now())
  const branch = [...repository.branches].find(([, head]) => head === headSha)
  const suite: CheckSuite = {
    id,
    nodeId: nodeId('CS', repository.id, id),
    app,
    headSha,
    headBranch: branch?.[0] ?? null,
    before,
    createdAt: now,
    updatedAt: now,
  }
  repository.checkSuites.push(suite)
  return suite
}

const runsOf = (repository: Repository, suite: CheckSuite): CheckRun[] =>
  repository.checkRuns.filter((run) => run.suiteId === suite.id)

/** The worst first: a suite's conclusion is that of the worst of its runs. */
const worstFirst = ['failure', 'timed_out', 'cancelled', 'action_required', 'stale', 'success', 'neutral', 'skipped']

/** What the runs of a suite come to. */
function verdictOf(repository: Repository, suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = runsOf(repository, suite)
  if (runs.length === 0) return { status: 'queued', conclusion: null }
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null }
  const conclusion = worstFirst.find((each) => runs.some((run) => run.conclusion === each))
  return { status: 'completed', conclusion: conclusion ?? null }
}

/** Told when the last run of the suite is completed. */
export function announceCompleted(world: World, repository: Repository, run: CheckRun): void {
  const suite = repository.checkSuites.find(({ id }) => id === run.suiteId)
  if (!suite || verdictOf(repository, suite).status !== 'completed') return
  suite.updatedAt = wholeSecond(world.now())
  const says = { check_suite: checkSuiteInEvent(world.urls, repository, suite, verdictOf(repository, suite)) }
  tell(world, repository, { sender: run.app.bot.login }, { event: 'check_suite', action: 'completed', says })
}

/**
 * GitHub makes a suite for every App that may write checks when code is pushed, and tells that App alone, whatever it
 * subscribed to (https://docs.github.com/webhooks/webhook-events-and-payloads#check_suite).
 */
export function requestSuites(world: World, repository: Repository, headSha: string, before: string, by?: By): void {
  for (const { app } of installationsOn(world, repository.organization)) {
    if (hearers(world, repository, app).length === 0) continue
    ask(world, repository, suiteOf(world, repository, app, headSha, before), 'requested', by)
  }
}

/** Somebody presses “Re-run all checks”. */
export function rerequestSuite(world: World, repository: Repository, id: number, by?: By): void {
  const suite = repository.checkSuites.find((each) => each.id === id)
  if (!suite) throw new Error(`There is no check suite ${id}.`)
  ask(world, repository, suite, 'rerequested', by)
}

const hearers = (world: World, repository: Repository, app: App) =>
  installationsOn(world, repository.organization).filter(
    (installation) =>
      installation.app === app &&
      installation.suspendedAt === null &&
      installation.covers(repository) &&
      reaches(installation.permissions.checks, 'write'),
  )

function ask(world: World, repository: Repository, suite: CheckSuite, action: string, by?: By): void {
  const { organization } = repository
  const sender = senderOf(world, organization, by)
  const says = { check_suite: checkSuiteInEvent(world.urls, repository, suite, verdictOf(repository, suite)) }
  for (const installation of hearers(world, repository, suite.app)) {
    void emit(world, { event: 'check_suite', action, organization, repository, sender, says, to: { installation } })
  }
}
