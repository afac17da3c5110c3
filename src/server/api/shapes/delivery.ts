import { z } from '@hono/zod-openapi'
import { deliveryStatuses } from '../../../model/delivery.ts'
import { id, moment } from './page.ts'

/** `GET /deliveries`: terms `connection:`, `status:`, `event:`, `hook:`, `source:`, `guid:`; words match event and GUID. */
export const deliveryRow = z
  .object({
    id,
    guid: z.string(),
    event: z.string(),
    hook: z.string().openapi({ description: '`app`, or the id of an organization webhook of ours.' }),
    receivedAt: moment,
    source: z.enum(['webhook', 'probot', 'log']),
    status: z.enum(deliveryStatuses),
    error: z.string().nullable(),
    connection: z.object({ id, login: z.string() }).nullable(),
  })
  .openapi('DeliveryRow')

/** `GET /deliveries/{id}`; `GET /deliveries/{id}/body` gives the raw bytes; `POST /deliveries/{id}/replay` (202). */
export const deliveryDetail = deliveryRow
  .extend({
    headers: z.record(z.string(), z.string()),
    bytes: z.int(),
    body: z.string().openapi({ description: 'As text, at most 1 MiB of it.' }),
    cut: z.boolean(),
  })
  .openapi('DeliveryDetail')
