import { createRoute } from '@hono/zod-openapi'
import { exported, exportLine } from '../../engine/export.ts'
import type { Means } from '../../engine/means.ts'
import { removalPreview as previewOf } from '../../engine/removal-preview.ts'
import { askRemoval } from '../../engine/remove.ts'
import type { Connection } from '../../model/connection.ts'
import { connectionFor } from './connection-for.ts'
import { Problem, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { removal, removalOrder, removalPreview } from './shapes/connection.ts'
import { tellPreview, tellRemoval } from './tell-removal.ts'

const preview = createRoute({
  method: 'get',
  path: '/connections/{id}/removal',
  summary: 'What the removal of an organization takes away, and how far it has come; takes an Owner there',
  request: { params: idParam },
  responses: { ...found(removalPreview, 'What would go, as far as is known here.'), ...writeProblems },
})

const order = createRoute({
  method: 'post',
  path: '/connections/{id}/removal',
  summary: 'Removes an organization, its name typed, or goes on where that stood still; takes an Owner there',
  request: { params: idParam, body: sent(removalOrder) },
  responses: {
    202: { description: 'It goes on by itself.', content: { 'application/json': { schema: removal } } },
    ...writeProblems,
  },
})

const everything = createRoute({
  method: 'get',
  path: '/connections/{id}/export',
  summary: 'All that is known of an organization, as JSON lines without any secret; takes an Owner there',
  request: { params: idParam },
  responses: {
    200: { description: 'One thing on each line, to be saved.', content: { 'application/octet-stream': {} } },
    ...writeProblems,
  },
})

export const connectionsRemoval = ({ means }: ApiMeans) =>
  routes()
    .openapi(preview, async (context) => {
      const known = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'Owner')
      const progress = await means.store.connections.removal(known.id)
      return context.json(tellPreview(await previewOf(means, known), progress), 200)
    })
    .openapi(order, async (context) => {
      const { visitor } = context.var
      const known = await connectionFor(means, visitor, context.req.valid('param').id, 'Owner')
      const { login, forget } = context.req.valid('json')
      if (login.trim().toLowerCase() !== known.login.toLowerCase()) {
        const detail = `That is another name: type ${known.login} to remove it.`
        throw new Problem(422, detail, [{ pointer: '/login', detail }])
      }
      return context.json(tellRemoval(await askRemoval(means, known.id, { askedBy: visitor.login, forget })), 202)
    })
    .openapi(everything, async (context) => {
      const known = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'Owner')
      return context.body(lines(means, known), 200, {
        'content-type': 'application/x-ndjson',
        'content-disposition': `attachment; filename="${known.login}.jsonl"`,
        'x-content-type-options': 'nosniff',
      })
    })

/** Read page by page, as fast as the other side takes them. */
function lines({ store }: Means, connection: Connection): ReadableStream<Uint8Array> {
  const all = exported(store, connection)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await all.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${exportLine(value)}\n`))
    },
    cancel: async () => {
      await all.return(undefined)
    },
  })
}
