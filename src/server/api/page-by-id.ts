import { z } from '@hono/zod-openapi'
import { listQuery } from './shapes/page.ts'

/** Pages by id: a cursor is the last id of the page before. */
export const pageQuery = listQuery.pick({ limit: true }).extend({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, { error: 'is none: take it from `next` of the page before, or leave it out' })
    .transform(Number)
    .optional()
    .openapi({ type: 'string', description: 'Where the page before ended: its `next`.' }),
})

/** What is told of rows asked for with one more than fits. */
export const pageOfRows = <Row extends { readonly id: number }>(rows: readonly Row[], limit: number) => {
  const fitting = rows.slice(0, limit)
  return { rows: fitting, next: rows.length > limit ? String(fitting.at(-1)?.id) : null }
}
