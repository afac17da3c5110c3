import type { App } from './app.ts'
import { type By, senderOf } from './by.ts'
import { announceCompleted, suiteOf } from './check-suite.ts'
import { emit } from './emit.ts'
import { nodeId } from './node-id.ts'
import { checkRunInEvent } from './payloads/check-run.ts'
import { reaches } from './permission.ts'
import type { Repository } from './repository.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import { installationsOn, type World } from './world.ts'

export const conclusions = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
] as const

interface CheckRunOutput {
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
}

/** A line of a file that a check says something of. */
interface Annotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly message: string
}

export interface CheckRun {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly headSha: string
  readonly suiteId: number
  /** Each change of the run adds to those before. */
  readonly annotations: Annotation[]
  name: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: (typeof conclusions)[number] | null
  output: CheckRunOutput
  externalId: string
  detailsUrl: string | null
  startedAt: number
  completedAt: number | null
}

export interface CheckRunChange {
  readonly name?: string | undefined
  readonly status?: CheckRun['status'] | undefined
  readonly conclusion?: CheckRun['conclusion'] | undefined
  readonly output?: Partial<CheckRunOutput> | undefined
  readonly externalId?: string | undefined
  readonly detailsUrl?: string | undefined
  readonly startedAt?: number | undefined
  readonly completedAt?: number | undefined
  readonly annotations?: readonly Annotation[] | undefined
}

export function createCheckRun(
  world: World,
  repository: Repository,
  app: App,
  { name, headSha, ...change }: CheckRunChange & { readonly name: string; readonly headSha: string },
): CheckRun {
  const id = world.newId()
  const run: CheckRun = {
    id,
    nodeId: nodeId('CR', repository.id, id),
    app,
    headSha,
    suiteId: suiteOf(world, repository, app, headSha).id,
    annotations: [],
    name,
    status: 'queued',
    conclusion: null,
    output: { title: null, summary: null, text: null },
    externalId: '',
    detailsUrl: app.externalUrl,
    startedAt: wholeSecond(world.now()),
    completedAt: null,
  }
  repository.checkRuns.push(run)
  apply(world, run, change)
  announce(world, repository, run, 'created', app.bot)
  if (run.status === 'completed') announce(world, repository, run, 'completed', app.bot)
  return run
}

export function updateCheckRun(world: World, repository: Repository, run: CheckRun, change: CheckRunChange): void {
  const was = run.status
  apply(world, run, change)
  if (run.status === 'completed' && was !== 'completed') announce(world, repository, run, 'completed', run.app.bot)
}

/** GitHub: giving a conclusion completes the run. */
function apply(world: World, run: CheckRun, change: CheckRunChange): void {
  run.annotations.push(...(change.annotations ?? []))
  run.name = change.name ?? run.name
  run.externalId = change.externalId ?? run.externalId
  run.detailsUrl = change.detailsUrl ?? run.detailsUrl
  run.startedAt = change.startedAt ?? run.startedAt
  run.output = { ...run.output, ...change.output }
  run.status = change.conclusion ? 'completed' : (change.status ?? run.status)
  run.conclusion = run.status === 'completed' ? (change.conclusion ?? run.conclusion) : null
  run.completedAt =
    run.status === 'completed' ? (change.completedAt ?? run.completedAt ?? wholeSecond(world.now())) : null
}

function announce(world: World, repository: Repository, run: CheckRun, action: string, sender: User): void {
  const says = { check_run: checkRunInEvent(world.urls, repository, run) }
  tell(world, repository, { sender: sender.login }, { event: 'check_run', action, says })
  if (action === 'completed') announceCompleted(world, repository, run)
}

/** Told to the App that made the run, whatever it subscribed to, as long as it may still write checks. */
export function rerequestCheckRun(world: World, repository: Repository, id: number, by?: By): void {
  const run = repository.checkRuns.find((each) => each.id === id)
  if (!run) throw new Error(`There is no check run ${id}.`)
  const { organization } = repository
  const says = { check_run: checkRunInEvent(world.urls, repository, run) }
  const sender = senderOf(world, organization, by)
  for (const installation of installationsOn(world, organization)) {
    const told = installation.app === run.app && installation.suspendedAt === null && installation.covers(repository)
    if (!told || !reaches(installation.permissions.checks, 'write')) continue
    const to = { installation }
    void emit(world, { event: 'check_run', action: 'rerequested', organization, repository, sender, says, to })
  }
}
