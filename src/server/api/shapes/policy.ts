import { z } from '@hono/zod-openapi'
import { selectorParts, selectorShape } from '../../../engine/catalog.ts'
import { policySources } from '../../../model/policy.ts'
import { folderName, id, moment, resourceName } from './page.ts'

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

/** Where something is put, by name: one of the two. */
const place = { resource: resourceName.nullable(), folder: folderName.nullable() }

const selector = z
  .object(selectorParts)
  .partial()
  .openapi('Selector', { description: 'The repositories below the place for which all of it holds.' })

/** Who put something there, and how. */
const authorship = {
  source: z.enum(policySources).openapi({
    description:
      'What it was put there by: the command line, the console, another program over the API, or a policy file.',
  }),
  origin: z
    .object({ file: z.string(), line: z.int() })
    .nullable()
    .openapi({ description: 'Where in a policy file it stands: there alone it is changed.' }),
  setBy: z.string(),
}

/** What a rule says. */
const rule = {
  path: z.string(),
  value: answer.openapi({ description: 'Of an expression its text.' }),
  expression: z.string().nullable().openapi({ description: 'CEL that answers in the place of a value.' }),
  precedence: z.enum(['required', 'recommended']),
  note: z.string().nullable(),
  startsAt: moment.nullable(),
  expiresAt: moment.nullable(),
}

/**
 * `GET /policy-settings`: terms `policy:`, `resource:ID`, `folder:ID`, `under:ID`, `connection:`, `precedence:`; words match
 * path, title and note.
 */
export const policySetting = z
  .object({
    id,
    ...rule,
    ...place,
    selector: selector.nullable(),
    ...authorship,
    createdAt: moment,
    inForce: z.boolean().openapi({ description: 'Begun and not expired.' }),
    /** A Required below a Required. */
    exception: z.boolean(),
  })
  .openapi('PolicySetting')

/** Where something is to be put. */
const newPlace = {
  resourceId: id.nullish(),
  folderId: id.nullish().openapi({ description: 'In the place of a resource.' }),
  selector: selectorShape.nullish(),
}

/** `POST /policy-settings`: replaces the setting of the same policy, place and selector; `DELETE /policy-settings/{id}`. */
export const newPolicySetting = z
  .object({
    path: z.string(),
    ...newPlace,
    value: answer.nullish(),
    expression: z.string().min(1).max(10_000).nullish().openapi({ description: 'CEL, in the place of a value.' }),
    precedence: z.enum(['required', 'recommended']).default('required'),
    note: z.string().max(1_000).nullish(),
    startsAt: moment.nullish(),
    expiresAt: moment.nullish(),
  })
  .openapi('NewPolicySetting')

/** `POST /expression-checks`. */
export const newExpression = z
  .object({ path: z.string(), expression: z.string().max(10_000) })
  .openapi('NewPolicyExpression')

export const expressionCheck = z
  .object({
    fault: z
      .object({
        line: z.int().openapi({ description: 'From 1, as the column.' }),
        column: z.int(),
        reason: z.string(),
        marked: z.string().openapi({ description: 'The line that is wrong, with a caret below the place.' }),
      })
      .nullable()
      .openapi({ description: 'Null: it can answer the policy.' }),
  })
  .openapi('PolicyExpressionCheck')

/** `GET /policy-values?resource=ID[&path=PATH]`: the answers in force, and why. */
export const policyValue = z
  .object({
    path: z.string(),
    value: answer,
    /** Null: it is no setting's, but a pack's or the default, or it is out of sight. */
    settingId: id.nullable(),
    fault: z.string().nullable().openapi({ description: 'Why the expression in force gives no answer.' }),
    chain: z
      .array(
        z.object({
          from: z.string().openapi({ description: 'The place by name.' }),
          ...place,
          value: answer,
          expression: z.string().nullable(),
          precedence: z.enum(['required', 'recommended']).nullable(),
          settingId: id.nullable(),
          attachmentId: id.nullable(),
          pack: z.string().nullable().openapi({ description: 'The policy pack that says it.' }),
          selector: selector.nullable(),
          note: z.string().nullable(),
          startsAt: moment.nullable(),
          expiresAt: moment.nullable(),
          source: authorship.source.nullable(),
          setBy: z.string().nullable(),
          origin: authorship.origin,
          wins: z.boolean(),
          why: z.string(),
        }),
      )
      .openapi({ description: 'All that speaks to it, from the default down to the resource.' }),
  })
  .openapi('PolicyValue')

/** `GET /folders`: for those with a role everywhere. */
export const folder = z
  .object({
    id,
    parentId: id.nullable().openapi({ description: 'Null: it is Guardpost itself.' }),
    title: z.string(),
    organizations: z.array(z.object({ connectionId: id, login: z.string() })),
  })
  .openapi('Folder')

/** `POST /folders`. */
export const newFolder = z.object({ title: z.string().max(200), parentId: id.default(1) }).openapi('NewFolder')

/** `PATCH /folders/{id}`: renames it, or puts it into another one. */
export const folderChange = newFolder.partial().omit({ parentId: true }).extend({ parentId: id.optional() })

/** A rule of a pack that is to be. */
const newRule = z.object({
  path: z.string(),
  value: answer.nullish(),
  expression: newPolicySetting.shape.expression,
  precedence: newPolicySetting.shape.precedence,
  note: newPolicySetting.shape.note,
  startsAt: moment.nullish(),
  expiresAt: moment.nullish(),
})

/** `GET /policy-packs`. */
export const policyPack = z
  .object({
    id: id.nullable().openapi({ description: 'Null: Guardpost ships it.' }),
    name: z.string(),
    title: z.string(),
    description: z.string(),
    connectionId: id.nullable().openapi({ description: 'The organization it belongs to; null: it is everybody’s.' }),
    settings: z.array(z.object(rule)),
    source: authorship.source.nullable(),
    origin: authorship.origin,
    setBy: z.string().nullable(),
    changedAt: moment.nullable(),
  })
  .openapi('PolicyPack')

const packParts = {
  title: z.string().max(200).default(''),
  description: z.string().max(2_000).default(''),
  settings: z.array(newRule).max(500),
}

/** `PUT /policy-packs/{id}`: all of it anew. */
export const packChange = z.object(packParts).openapi('PolicyPackChange')

/** `POST /policy-packs`. */
export const newPolicyPack = z
  .object({ name: z.string().max(100), connectionId: id.nullish(), ...packParts })
  .openapi('NewPolicyPack')

/** `GET /policy-attachments`: terms `resource:ID`, `folder:ID`, `under:ID`, `connection:`, `pack:NAME`. */
export const policyAttachment = z
  .object({
    id,
    pack: z.string().openapi({ description: 'Its name.' }),
    packId: id.nullable().openapi({ description: 'Null: Guardpost ships it.' }),
    ...place,
    selector: selector.nullable(),
    position: z.int().openapi({ description: 'Of those at a place the one with the lowest is the strongest.' }),
    ...authorship,
    createdAt: moment,
  })
  .openapi('PolicyAttachment')

/** `POST /policy-attachments`. */
export const newPolicyAttachment = z.object({ pack: z.string().max(100), ...newPlace }).openapi('NewPolicyAttachment')

/** `PUT /policy-attachments/order`: the strongest first; those not named come after. */
export const attachmentOrder = z
  .object({ resourceId: id.nullish(), folderId: id.nullish(), ids: z.array(id).max(500) })
  .openapi('PolicyAttachmentOrder')

/** `GET /exceptions`: what is Required below a Required, in force or to come; what expires first comes first. */
export const policyException = z
  .object({
    ...rule,
    ...place,
    selector: selector.nullable(),
    settingId: id.nullable(),
    attachmentId: id.nullable(),
    pack: z.string().nullable(),
    setBy: z.string().openapi({ description: 'Its owner.' }),
    source: authorship.source,
    origin: authorship.origin,
    createdAt: moment.openapi({ description: 'When it was made: its age counts from then.' }),
    inForce: z.boolean(),
    over: z
      .object({ from: z.string(), value: answer, expression: z.string().nullable(), pack: z.string().nullable() })
      .openapi({ description: 'What does not get through.' }),
  })
  .openapi('PolicyException')
