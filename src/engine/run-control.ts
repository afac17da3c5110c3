import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import { type GitHubReader, live } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import type { PolicyType } from '../model/policy.ts'
import type { Resource } from '../model/resource.ts'
import type { Verdict } from '../model/verdict.ts'
import { resourceTypes } from '../resources/index.ts'
import { enforce } from './enforce.ts'
import { because, type Cause, type ControlPayload, controlJob, ourselves, recheck, reportJob } from './jobs.ts'
import { askedOf, evaluate, type Input, inputFor } from './judge.ts'
import { withLogFields } from './log-context.ts'
import type { Means } from './means.ts'
import { isMuted, liftBy } from './mute.ts'
import { policiesFor, policySubject } from './policies-for.ts'
import { readResources } from './read.ts'
import { planOf, relatedNodeId, relatedTo } from './related.ts'
import type { Seen } from './seen.ts'
import type { Subject } from './subject.ts'

/**
 * Runs a control as its policy says: the one place that knows Skip, Check, Enforce, and that a muted control never
 * enforces. The run is kept with its verdict and the calls it made, and what people look at is told.
 */
export async function runControl(
  means: Means,
  { connectionId, payload }: Pick<Job, 'connectionId' | 'payload'>,
): Promise<void> {
  const { path, resourceId, why, fresh } = payload as ControlPayload
  const { store, clients, clock } = means
  const subject = await find(means, connectionId ?? 0, path, resourceId)
  if (!subject) return
  const { connection, control } = subject
  const startedAt = clock()
  const reader = await clients.readerFor(connection, live(path))
  const answer = subject.answer(control.policy)
  const { verdict, held, calls } = await withLogFields({ control: path }, () =>
    judge(means, subject, reader, why, fresh),
  )
  // A run that changed nothing on GitHub is simply done again where it is lost with the power.
  const keep = calls.length === 0 ? store.redoable : store.transaction
  await keep(async (tx) => {
    const { id } = await tx.controls.ensure(connection.id, resourceId, path, startedAt)
    const made = [...(reader?.calls ?? []), ...calls].toSorted((a, b) => a.at - b.at)
    const run = { connectionId: connection.id, controlId: id, cause: why, value: answer.value, verdict, startedAt }
    const judged = await tx.controls.record({ ...run, calls: made, endedAt: clock() })
    await liftBy({ store: tx, clock }, judged, verdict)
    if (held) await tx.enforcements.hold(held)
    else await tx.enforcements.letGo(connection.id, [id])
    await tx.jobs.enqueue([
      ...(subject.resource.type === 'GitHub > Organization' ? [reportJob(connection.id, id, clock())] : []),
      ...(verdict.recheckAt
        ? [controlJob(connection.id, { path, resourceId, why: recheck, fresh: true }, verdict.recheckAt)]
        : []),
      ...(held?.until
        ? [controlJob(connection.id, { path, resourceId, why: 'enforcement goes on', fresh: false }, held.until)]
        : []),
    ])
  })
}

async function find(means: Means, connectionId: number, path: string, resourceId: number): Promise<Subject | null> {
  const { store } = means
  const control = controlTypes.find((known) => known.path === path)
  const connection = await store.connections.get(connectionId)
  const resource = await store.resources.get(connectionId, resourceId)
  if (!control || !connection || !resource || resource.goneAt) return null
  return { connection, control, resource, answer: await answersFor(means, connection, resource) }
}

async function answersFor({ store, clock }: Means, connection: Connection, resource: Resource) {
  const policies = await policiesFor(store, connection, clock())
  const subject = await policySubject(store, resource)
  return (type: PolicyType) => policies.valueFor(type, subject)
}

type Outcome = Awaited<ReturnType<typeof enforce>>

const only = (verdict: Verdict): Outcome => ({ verdict, held: null, calls: [] })

async function judge(
  means: Means,
  subject: Subject,
  github: GitHubReader | null,
  why: string,
  fresh: boolean,
): Promise<Outcome> {
  const { path } = subject.control
  const asked = askedOf(subject)
  if ('state' in asked) return only(asked)
  const see = async (): Promise<Seen> => {
    const input = await inputOf(means, subject, asked.wanted)
    return { input, verdict: evaluate(means, subject, input) }
  }
  if (fresh) await refresh(means, subject, github, because(why))
  const seen = await see()
  if (asked.mode === 'Check' || !subject.control.enforce || !github) return only(seen.verdict)
  if (await isMuted(means, subject.connection.id, subject.resource.id, subject.control.path)) return only(seen.verdict)
  return enforce(means, subject, seen, fresh && why !== recheck, async (when) => {
    if (when === 'before' && fresh) return seen
    // What is new since the read just before it is our doing.
    const actor = when === 'after' ? ourselves : null
    await refresh(means, subject, github, { ...because(when === 'after' ? `enforcement of ${path}` : why), actor })
    return see()
  })
}

/** Reads the resource and those related to it; the calls count as the run's. */
async function refresh(
  means: Means,
  { connection, control, resource }: Subject,
  github: GitHubReader | null,
  cause: Cause,
): Promise<void> {
  const current = (await means.store.connections.get(connection.id)) ?? connection
  for (const name of [...Object.values<string>(control.related), resource.type]) {
    const type = resourceTypes.find((known) => known.type === name)
    const nodeId = name === resource.type ? resource.nodeId : relatedNodeId(connection, name, resource)
    if (type) await readResources(means, current, type, [{ nodeId, ...cause }], github)
  }
}

async function inputOf(means: Means, subject: Subject, wanted: string): Promise<Input> {
  const { connection, control } = subject
  const { store, clock } = means
  const resource = (await store.resources.get(connection.id, subject.resource.id)) ?? subject.resource
  const related = (await relatedTo(store, connection, [control], [resource]))(control, resource)
  return inputFor(subject, wanted, { resource, related, plan: await planOf(store, connection), now: clock() })
}
