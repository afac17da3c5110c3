import { z } from '@hono/zod-openapi'

export const moment = z.iso.datetime().openapi({ description: 'ISO 8601, UTC.', example: '2030-01-31T12:00:00.000Z' })
export const id = z.int().positive()
export const json: z.ZodType<unknown> = z.unknown().openapi({ description: 'Any JSON.' })

/** What every list is asked with. */
export const listQuery = z.object({
  filter: z.string().max(1_000).optional().openapi({
    description: 'Words and `name:value` terms, all of which must hold; quotes around what has spaces.',
    example: 'state:alarm type:"GitHub > Repository > CMDB" web',
  }),
  cursor: z.string().max(500).optional().openapi({ description: 'Where the page before ended: its `next`.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** One page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: 'The cursor of the next page; null: this is the last one.' }),
    total: z.int().optional().openapi({ description: 'How many there are in all; on the first page only.' }),
  })

/** Problem details (RFC 9457). */
export const problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Not found' }),
    status: z.int(),
    detail: z.string().openapi({ description: 'What is wrong, and what to do about it.' }),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .openapi({ description: 'Which parts of what was sent are wrong.' }),
  })
  .openapi('Problem')

/** A folder as other things name it. */
export const folderName = z.object({ id, title: z.string() }).openapi('FolderName')

/** A resource as other things name it. */
export const resourceName = z
  .object({ id, connectionId: id, type: z.string(), title: z.string() })
  .openapi('ResourceName')
