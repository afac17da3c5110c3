import { z } from '@hono/zod-openapi'
import { id, json, moment, resourceName } from './page.ts'
import { change } from './resource.ts'

const data = z
  .record(z.string(), json)
  .openapi({ description: 'Its fields, but for those that make no version: what they were is not remembered.' })

/** `GET /resources?as-of=`: names, places and what was there are those of then. Terms as without, but for `state:`. */
export const pastRow = resourceName
  .extend({
    asOf: moment.openapi({ description: 'The moment that was asked for.' }),
    parentId: id.nullable(),
    version: z.int(),
    at: moment.openapi({ description: 'Since when it was known so.' }),
    revision: moment.nullable().openapi({ description: "GitHub's own time of the state; null: it has none." }),
    goneAt: moment.nullable(),
    goneReason: z.string().nullable(),
  })
  .openapi('PastRow')

/** `GET /resources/{id}?as-of=`. */
export const pastDetail = pastRow.extend({ nodeId: z.string(), data }).openapi('PastDetail')

const kind = z.enum(['found', 'changed', 'gone'])

const version = z.object({ version: z.int(), at: moment, title: z.string(), goneAt: moment.nullable() })

/** `GET /resources/{id}/difference`. */
export const difference = z
  .object({
    from: moment,
    to: moment,
    before: version.nullable().openapi({ description: 'Null: it was not recorded yet, or what it was is not kept.' }),
    after: version.nullable(),
    beforeKept: z.boolean().openapi({ description: 'False: it was recorded, but what it was is no longer kept.' }),
    kind: kind.nullable().openapi({ description: 'Null: it is alike, or was there at neither moment.' }),
    changes: z.array(change),
  })
  .openapi('Difference')

/** `GET /resources/{id}/changes`. */
export const becameRow = z
  .object({
    id: id.openapi({ description: 'Of the resource.' }),
    at: moment.openapi({ description: 'When it last changed between the two.' }),
    kind,
    resource: resourceName,
    beforeKept: z.boolean().openapi({ description: 'False: what it was is no longer kept, nor what changed in it.' }),
    changes: z.array(change).openapi({ description: 'Of one found or gone: every field.' }),
  })
  .openapi('Became')
