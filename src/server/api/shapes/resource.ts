import { z } from '@hono/zod-openapi'
import { controlState } from './control.ts'
import { id, json, listQuery, moment, resourceName } from './page.ts'

const source = z.enum(['event', 'read', 'discovery', 'enforcement'])

/** `GET /resource-types`. */
export const resourceType = z
  .object({
    type: z.string(),
    parent: z.string().nullable(),
    view: z.string().openapi({ description: 'Its SQL view.' }),
    fields: z.array(z.object({ name: z.string(), kind: z.string(), event: z.string().nullable(), about: z.string() })),
    count: z.int(),
  })
  .openapi('ResourceType')

/** `GET /resources`: filter words match the title; terms `type:`, `parent:ID`, `under:ID`, `connection:LOGIN`, `gone:true`, `state:`. */
export const resourceQuery = listQuery
export const resourceRow = resourceName
  .extend({
    parentId: id.nullable(),
    hasChildren: z.boolean(),
    lastSeenAt: moment,
    goneAt: moment.nullable(),
    /** The worst state among its controls; null: it has none. */
    worst: controlState.nullable(),
  })
  .openapi('ResourceRow')

const field = z
  .object({
    name: z.string(),
    value: json,
    about: z.string(),
    source: source.nullable().openapi({ description: 'How it was last known true; null: never.' }),
    at: moment.nullable().openapi({ description: 'When it was last known true.' }),
  })
  .openapi('Field')

/** `GET /resources/{id}`. */
export const resourceDetail = resourceRow
  .extend({
    nodeId: z.string(),
    url: z.string().nullable().openapi({ description: 'Its page on GitHub.' }),
    path: z.array(resourceName).openapi({ description: 'Those above it, from the top.' }),
    version: z.int(),
    createdAt: moment,
    fields: z.array(field),
    refusal: z.object({ reason: z.string(), remedy: z.string().nullable() }).nullable(),
    goneReason: z.string().nullable(),
    controls: z.record(z.string(), z.int()),
  })
  .openapi('ResourceDetail')

export const change = z.object({ field: z.string(), before: json, after: json }).openapi('Change')

/** `GET /resources/{id}/versions`, newest first. */
export const version = z
  .object({ version: z.int(), at: moment, data: z.record(z.string(), json), changes: z.array(change) })
  .openapi('Version')

/** `GET /activities`: terms `connection:`, `resource:ID`, `under:ID`, `kind:`, `actor:`, `source:`, `control:ID`; words match the summary. */
export const activity = z
  .object({
    id,
    at: moment,
    kind: z.string(),
    actor: z.string().nullable(),
    summary: z.string(),
    source: z.string(),
    resource: resourceName,
    changes: z.array(change),
    deliveryId: id.nullable(),
  })
  .openapi('Activity')
