import { z } from '@hono/zod-openapi'
import { id, moment, resourceName } from './page.ts'

export const controlState = z.enum(['ok', 'alarm', 'error', 'invalid', 'skipped', 'tbd']).openapi('ControlState')

const marks = z.array(z.string()).openapi({ description: 'The same question in other catalogues, e.g. `CIS 1.3.8`.' })

/** `GET /control-types`: with how many controls stand in each state. */
export const controlType = z
  .object({
    path: z.string(),
    title: z.string(),
    risk: z.string(),
    advice: z.string(),
    marks,
    target: z.string(),
    states: z.record(z.string(), z.int()),
    muted: z.int(),
  })
  .openapi('ControlType')

export const mute = z
  .object({
    until: z.enum(['date', 'ok', 'alarm', 'forever']),
    date: moment.nullable(),
    note: z.string().nullable(),
    by: z.string(),
    at: moment,
  })
  .openapi('Mute')

/** `PUT /controls/{id}/mute`; `DELETE` lifts it. */
export const newMute = z
  .object({
    until: z.enum(['date', 'ok', 'alarm', 'forever']),
    date: moment.optional(),
    note: z.string().max(1_000).optional(),
  })
  .openapi('NewMute')

/**
 * `GET /controls`: terms `state:`, `type:`, `resource:ID`, `under:ID`, `connection:LOGIN`, `muted:true`; words match
 * title and reason. Muted ones are left out unless the filter speaks of `muted:`, as they are of the counts by state.
 */
export const controlRow = z
  .object({
    id,
    path: z.string(),
    state: controlState,
    reason: z.string(),
    since: moment,
    lastRunAt: moment.nullable(),
    resource: resourceName,
    muted: z.boolean(),
  })
  .openapi('ControlRow')

const evidence = z
  .object({ about: z.string(), found: z.string(), wanted: z.string().nullable(), state: controlState })
  .openapi('Evidence')

const diagnosis = z
  .object({
    reason: z.string(),
    remedy: z.string().nullable(),
    who: z.string().nullable().openapi({ description: 'Who can mend it.' }),
    url: z.string().nullable().openapi({ description: 'Where.' }),
  })
  .openapi('Diagnosis')

const call = z
  .object({
    method: z.string(),
    path: z.string(),
    status: z.int().nullable(),
    requestId: z.string().nullable(),
    at: moment,
    durationMs: z.number(),
  })
  .openapi('GitHubCall')

/** `GET /controls/{id}/runs`, newest first. */
export const run = z
  .object({
    id,
    cause: z.string(),
    value: z.union([z.string(), z.array(z.string())]),
    state: controlState,
    reason: z.string(),
    evidence: z.array(evidence),
    diagnoses: z.array(diagnosis),
    calls: z.array(call).openapi({ description: 'What GitHub was asked.' }),
    startedAt: moment,
    endedAt: moment,
  })
  .openapi('Run')

/** `GET /controls/{id}`. `POST /controls/{id}/runs` asks for a run now (202). */
export const controlDetail = controlRow
  .extend({
    title: z.string(),
    risk: z.string(),
    advice: z.string(),
    marks,
    policy: z.string().openapi({ description: 'The path of its policy type.' }),
    value: z.union([z.string(), z.array(z.string())]),
    subPolicies: z.array(z.string()),
    run: run.nullable().openapi({ description: 'The newest one.' }),
    reports: z.array(
      z.object({ kind: z.string(), repository: z.string().nullable(), url: z.string().nullable(), at: moment }),
    ),
    mute: mute.nullable(),
    /** A run is asked for or under way. */
    pending: z.boolean(),
  })
  .openapi('ControlDetail')
