import { z } from '@hono/zod-openapi'
import { moment } from './page.ts'

/** `GET /health`. */
export const health = z
  .object({
    ready: z.boolean(),
    reason: z.string().nullable(),
    version: z.string(),
    startedAt: moment,
    jobs: z.object({ queued: z.int(), running: z.int(), parked: z.int() }),
    lastDeliveryAt: moment.nullable(),
  })
  .openapi('Health')

/**
 * One message of `GET /events` (server-sent events, `event: change`): what the caller may see and has changed. The ids
 * are those of the kind; more than 100 are left out, and `many` says so.
 */
export const changeMessage = z
  .object({
    kind: z.enum(['control', 'resource', 'activity', 'delivery', 'policy-setting', 'connection']),
    ids: z.array(z.int()),
    many: z.boolean(),
  })
  .openapi('ChangeMessage')
