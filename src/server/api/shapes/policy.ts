import { z } from '@hono/zod-openapi'
import { id, moment, resourceName } from './page.ts'

export const answer = z
  .union([z.string().max(1_000), z.array(z.string().max(1_000)).max(1_000)])
  .openapi('PolicyAnswer')

/** `GET /policy-types`. */
export const policyType = z
  .object({
    path: z.string(),
    question: z.string(),
    kind: z.enum(['choice', 'text', 'list']),
    values: z.array(z.string()).nullable(),
    default: z.object({ app: answer, token: answer }),
    targets: z.array(z.string()).openapi({ description: 'The types of resource it may be set on.' }),
    overview: z.string().openapi({ description: 'What it is for, in a paragraph; Markdown.' }),
    control: z.string().nullable().openapi({ description: 'The control it belongs to.' }),
    settings: z.int().openapi({ description: 'How many settings there are.' }),
  })
  .openapi('PolicyType')

/** `GET /policy-settings`: terms `policy:`, `resource:ID`, `under:ID`, `connection:`, `precedence:`; words match path, title and note. */
export const policySetting = z
  .object({
    id,
    path: z.string(),
    resource: resourceName,
    value: answer,
    precedence: z.enum(['required', 'recommended']),
    note: z.string().nullable(),
    startsAt: moment.nullable(),
    expiresAt: moment.nullable(),
    setBy: z.string(),
    createdAt: moment,
    inForce: z.boolean().openapi({ description: 'Begun and not expired.' }),
    /** A Required below a Required. */
    exception: z.boolean(),
  })
  .openapi('PolicySetting')

/** `POST /policy-settings`: replaces the setting of the same policy and resource; `DELETE /policy-settings/{id}`. */
export const newPolicySetting = z
  .object({
    path: z.string(),
    resourceId: id,
    value: answer,
    precedence: z.enum(['required', 'recommended']).default('required'),
    note: z.string().max(1_000).nullish(),
    startsAt: moment.nullish(),
    expiresAt: moment.nullish(),
  })
  .openapi('NewPolicySetting')

/** `GET /policy-values?resource=ID[&path=PATH]`: the answers in force, and why. */
export const policyValue = z
  .object({
    path: z.string(),
    value: answer,
    /** Null: the default. */
    settingId: id.nullable(),
    chain: z
      .array(
        z.object({
          from: z.string(),
          value: answer,
          precedence: z.string().nullable(),
          settingId: id.nullable(),
          wins: z.boolean(),
          why: z.string(),
        }),
      )
      .openapi({ description: 'All that speaks to it, from the default down to the resource.' }),
  })
  .openapi('PolicyValue')
