import type { z } from '@hono/zod-openapi'
import { controlTypes } from '../../engine/catalog.ts'
import { controlJob } from '../../engine/jobs.ts'
import type { Means } from '../../engine/means.ts'
import { policyValues } from '../../engine/policy-values.ts'
import type { Scope } from '../../model/access.ts'
import type { ControlRecord, Run } from '../../model/control.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import { markTexts } from '../../model/marks.ts'
import { isOver } from '../../model/mute.ts'
import type { PolicyAnswer } from '../../model/policy.ts'
import { moment, momentOrNull } from './asked.ts'
import { notFound } from './problem.ts'
import type { controlDetail, run as runShape } from './shapes/control.ts'
import { reportsOf } from './tell-reports.ts'

/** One control with all that is known of it. */
export async function tellControl(
  means: Means,
  scope: Scope,
  control: ControlRecord,
): Promise<z.infer<typeof controlDetail>> {
  const { store, clock } = means
  const { id, connectionId, resourceId, path } = control
  const type = controlTypes.find((known) => known.path === path)
  const resource = await store.search.resource(scope, resourceId)
  if (!resource) throw notFound('such control')
  const last = await store.controls.lastRun(connectionId, id)
  const muting = await store.controls.mute(connectionId, id)
  const mute = muting && !isOver(muting, clock()) ? muting : null
  const [value] = await policyValues(means, resource, type?.policy.path ?? path)
  return {
    id,
    path,
    state: control.state,
    reason: control.reason,
    since: moment(control.since),
    lastRunAt: momentOrNull(control.lastRunAt),
    resource: { id: resource.id, connectionId, type: resource.type, title: resource.title },
    muted: mute !== null,
    title: type?.title ?? path,
    risk: type?.risk ?? '',
    advice: type?.advice ?? '',
    marks: markTexts(type?.marks),
    policy: type?.policy.path ?? path,
    value: listed(value?.value ?? last?.value ?? ''),
    subPolicies: Object.values<{ path: string }>(type?.subPolicies ?? {}).map((sub) => sub.path),
    run: last && tellRun(last),
    reports: await reportsOf(means, scope, control),
    mute: mute && {
      until: mute.until,
      date: momentOrNull(mute.date),
      note: mute.note,
      by: mute.by,
      at: moment(mute.at),
    },
    pending: await store.jobs.isUnderWay(
      [true, false].map((fresh) => controlJob(connectionId, { path, resourceId, why: '', fresh }, 0)),
      clock(),
    ),
  }
}

/** What JSON knows is a list that may be changed. */
export const listed = (answer: PolicyAnswer): string | string[] => (typeof answer === 'string' ? answer : [...answer])

export const tellRun = ({ id, cause, value, verdict, calls, startedAt, endedAt }: Run): z.infer<typeof runShape> => ({
  id,
  cause,
  value: listed(value),
  state: verdict.state,
  reason: verdict.reason,
  evidence: verdict.evidence.map(({ about, found, wanted, state }) => ({
    about,
    found,
    wanted: wanted ?? null,
    state,
  })),
  diagnoses: verdict.diagnoses.map(tellDiagnosis),
  calls: calls.map(({ method, path, status, requestId, at, durationMs }) => ({
    method,
    path,
    status,
    requestId,
    at: moment(at),
    durationMs,
  })),
  startedAt: moment(startedAt),
  endedAt: moment(endedAt),
})

const tellDiagnosis = ({ reason, remedy }: Diagnosis) => ({
  reason,
  remedy: remedy?.action ?? null,
  who: remedy?.who ?? null,
  url: remedy?.url ?? null,
})
