import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Means } from '../../engine/means.ts'
import type { Readiness } from '../readiness.ts'
import type { accessApi } from './access.ts'
import { unfit } from './problem.ts'
import type { ApiEnv, VisitorOf } from './visitor.ts'

/** All that the API works with. */
export interface ApiMeans {
  readonly means: Means
  readonly visitorOf: VisitorOf
  /** Sessions, people and grants, which look themselves who asks. */
  readonly access: ReturnType<typeof accessApi>
  readonly ready: Readiness
  readonly version: string
  /** In milliseconds. */
  readonly startedAt: number
  /** Fires when the server stops: answers that never end do then. */
  readonly stopping: AbortSignal
}

/** Where the routes of one noun are put. */
export const routes = () =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw unfit(result.target, result.error.issues)
    },
  })

/** The id that an address names. */
export const idParam = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number)
    .openapi({ param: { name: 'id', in: 'path' }, type: 'integer' }),
})

/** An answer of 200 as JSON. */
export const found = <Shape extends z.ZodType>(schema: Shape, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
})

/** A body of JSON. */
export const sent = <Shape extends z.ZodType>(schema: Shape) => ({
  required: true,
  content: { 'application/json': { schema } },
})
