import { createRoute, z } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import { deliveryTerms, type FoundDelivery } from '../../model/search.ts'
import { asked, moment, told } from './asked.ts'
import { permit } from './permit.ts'
import { notFound, problems, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { deliveryDetail, deliveryRow } from './shapes/delivery.ts'
import { id, listQuery, pageOf } from './shapes/page.ts'

const list = createRoute({
  method: 'get',
  path: '/deliveries',
  summary: 'What GitHub sent, newest first',
  request: { query: listQuery },
  responses: { ...found(pageOf(deliveryRow), 'A page of deliveries.'), ...problems },
})

const one = createRoute({
  method: 'get',
  path: '/deliveries/{id}',
  summary: 'One delivery with its headers and body',
  request: { params: idParam },
  responses: { ...found(deliveryDetail, 'The delivery.'), ...problems },
})

const body = createRoute({
  method: 'get',
  path: '/deliveries/{id}/body',
  summary: 'The raw bytes as they were signed',
  request: { params: idParam },
  responses: {
    200: { description: 'The body, to be saved.', content: { 'application/octet-stream': {} } },
    ...problems,
  },
})

const replay = createRoute({
  method: 'post',
  path: '/deliveries/{id}/replay',
  summary: 'Has it processed again; takes an Operator at its organization, or everywhere where it is of none yet',
  request: { params: idParam },
  responses: {
    202: { description: 'It will be.', content: { 'application/json': { schema: z.object({ id }) } } },
    ...writeProblems,
  },
})

/** In bytes. */
const mostShown = 1024 * 1024

export const deliveries = ({ means }: ApiMeans) => {
  const { store, clock } = means
  const whole = async (known: FoundDelivery) => {
    const delivery = await store.deliveries.get(known.id)
    if (!delivery) throw notFound('such delivery')
    return delivery
  }
  return routes()
    .openapi(list, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const page = await store.search.deliveries(scope, asked(context.req.valid('query'), deliveryTerms, clock()))
      return context.json(told(page, row), 200)
    })
    .openapi(one, async (context) => {
      const known = await store.search.delivery(scopeOf(context.var.visitor.holdings), context.req.valid('param').id)
      if (!known) throw notFound('such delivery')
      const { headers, body: bytes } = await whole(known)
      const detail = {
        ...row(known),
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecret(name))),
        bytes: bytes.byteLength,
        body: Buffer.from(bytes.subarray(0, mostShown)).toString(),
        cut: bytes.byteLength > mostShown,
      }
      return context.json(detail, 200)
    })
    .openapi(body, async (context) => {
      const known = await store.search.delivery(scopeOf(context.var.visitor.holdings), context.req.valid('param').id)
      if (!known) throw notFound('such delivery')
      const { body: bytes } = await whole(known)
      // Never shown as a page: what is in it was written by strangers.
      return context.body(new Uint8Array(bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="delivery-${known.id}.json"`,
        'x-content-type-options': 'nosniff',
      })
    })
    .openapi(replay, async (context) => {
      const { visitor } = context.var
      const known = await store.search.delivery(scopeOf(visitor.holdings), context.req.valid('param').id)
      if (!known) throw notFound('such delivery')
      const connection = known.connectionId === null ? null : await store.connections.get(known.connectionId)
      const place =
        connection &&
        (await store.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId))
      await permit(means, visitor, 'Operator', place)
      if (!(await store.deliveries.replay(known.id, clock()))) throw notFound('such delivery')
      return context.json({ id: known.id }, 202)
    })
}

/** A proxy in between may have added what lets others in. */
const isSecret = (name: string): boolean => /authorization|cookie|token|secret|api-?key/i.test(name)

const row = ({ id, guid, event, hookId, receivedAt, source, status, error, connection }: FoundDelivery) => ({
  id,
  guid,
  event,
  hook: hookId,
  receivedAt: moment(receivedAt),
  source,
  status,
  error,
  connection,
})
