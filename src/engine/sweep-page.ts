import type { Connection } from '../model/connection.ts'
import type { Judgement, Standing } from '../model/control.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import type { Resource } from '../model/resource.ts'
import { sameJson } from '../model/same-json.ts'
import type { Store } from '../model/store.ts'
import type { Verdict } from '../model/verdict.ts'
import { type ControlPayload, controlJob, recheck } from './jobs.ts'
import { askedOf, evaluate, inputFor } from './judge.ts'
import type { Means } from './means.ts'
import { liftBy } from './mute.ts'
import { policiesFor, policySubjects } from './policies-for.ts'
import { planOf, relatedTo } from './related.ts'
import type { Subject } from './subject.ts'

/** Some resources of one type, and the controls of them that are judged. */
export interface SweptPage {
  readonly connection: Connection
  readonly controls: readonly ControlType[]
  readonly resources: readonly Resource[]
  readonly why: string
}

/**
 * Judges controls by what is known, in the transaction of `store`. What is to be enforced is left to a job of its own, and
 * so is what is being judged elsewhere just now: that may rest on what was known before.
 */
export async function sweepPage(means: Pick<Means, 'clock' | 'log'>, store: Store, page: SweptPage): Promise<void> {
  const { connection, controls, resources, why } = page
  if (resources.length === 0) return
  const now = means.clock()
  const judged = await judgeAll(means, store, page, now)
  const before = await standingOf(store, page)
  const judgements = judged
    .filter(({ isToEnforce }) => !isToEnforce)
    .map(({ subject, verdict }) => judgementOf(subject, verdict, before))
  const others = judgements.filter(isOther)
  const moved = await store.controls.recordAll(connection.id, others, why, now)
  // Whatever was to be done before, these ask for nothing to be done now.
  await store.enforcements.letGo(
    connection.id,
    judgements.flatMap(({ before }) => (before ? [before.id] : [])),
  )
  await liftMutes({ store, clock: () => now }, connection, moved)
  await store.jobs.enqueue([
    ...judged.flatMap((each) => followUp(each, why, now)),
    ...(await judgedElsewhere(store, connection, controls, resources)).map((payload) =>
      controlJob(connection.id, { ...payload, why, fresh: false }, now),
    ),
  ])
}

interface Judged {
  readonly subject: Subject
  readonly verdict: Verdict
  readonly isToEnforce: boolean
}

async function judgeAll(
  means: Pick<Means, 'clock' | 'log'>,
  store: Store,
  { connection, controls, resources }: SweptPage,
  now: number,
): Promise<Judged[]> {
  const policies = await policiesFor(store, connection, now)
  const subjectOf = await policySubjects(store, resources, policies)
  const plan = await planOf(store, connection)
  const related = await relatedTo(store, connection, controls, resources)
  return resources.flatMap((resource) => {
    const governed = subjectOf(resource)
    const answer: Subject['answer'] = (type) => policies.valueFor(type, governed)
    return controls.map((control): Judged => {
      const subject = { connection, control, resource, answer }
      const asked = askedOf(subject)
      if ('state' in asked) return { subject, verdict: asked, isToEnforce: false }
      const circumstances = { resource, related: related(control, resource), plan, now }
      const verdict = evaluate(means, subject, inputFor(subject, asked.wanted, circumstances))
      const isToEnforce = asked.mode === 'Enforce' && control.enforce !== undefined && verdict.state === 'alarm'
      return { subject, verdict, isToEnforce }
    })
  })
}

const keyOf = ({ resourceId, path }: Pick<Standing, 'resourceId' | 'path'>): string => `${resourceId} ${path}`

async function standingOf(store: Store, { connection, controls, resources }: SweptPage) {
  const ids = resources.map(({ id }) => id)
  const paths = controls.map(({ path }) => path)
  const standing = await store.controls.standing(connection.id, ids, paths)
  return new Map(standing.map((each) => [keyOf(each), each]))
}

const judgementOf = (
  { control, resource, answer }: Subject,
  verdict: Verdict,
  before: ReadonlyMap<string, Standing>,
): Judgement => ({
  resource,
  path: control.path,
  value: answer(control.policy).value,
  verdict,
  before: before.get(keyOf({ resourceId: resource.id, path: control.path })) ?? null,
})

/** Whether a control comes to something else than before. */
const isOther = ({ before, verdict, value }: Judgement): boolean =>
  before?.state !== verdict.state || before.reason !== verdict.reason || !sameJson(before.value, value)

function followUp({ subject, verdict, isToEnforce }: Judged, why: string, now: number): NewJob[] {
  const payload = { path: subject.control.path, resourceId: subject.resource.id }
  const { id } = subject.connection
  return [
    ...(isToEnforce ? [controlJob(id, { ...payload, why, fresh: false }, now)] : []),
    ...(verdict.recheckAt ? [controlJob(id, { ...payload, why: recheck, fresh: true }, verdict.recheckAt)] : []),
  ]
}

/** Controls of these that jobs are judging right now. */
async function judgedElsewhere(
  store: Store,
  connection: Connection,
  controls: readonly ControlType[],
  resources: readonly Resource[],
): Promise<Pick<ControlPayload, 'path' | 'resourceId'>[]> {
  const ids = new Set(resources.map(({ id }) => id))
  const paths = new Set(controls.map(({ path }) => path))
  return (await store.jobs.running(connection.id, 'control'))
    .map(({ payload }) => payload as ControlPayload)
    .filter(({ path, resourceId }) => ids.has(resourceId) && paths.has(path))
}

/** Those that end with the state that was found. */
async function liftMutes(
  means: Pick<Means, 'store' | 'clock'>,
  { id }: Connection,
  moved: readonly Standing[],
): Promise<void> {
  const states = new Map(moved.map((control) => [control.id, control]))
  for (const mute of await means.store.controls.mutesOf(id, [...states.keys()])) {
    const control = await means.store.controls.get(id, mute.controlId)
    if (control && mute.until === control.state) await liftBy(means, control, control)
  }
}
