import { createRoute, z } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import { notFound, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { connection, connectionDetail } from './shapes/connection.ts'
import { tellConnection, tellConnectionWhole } from './tell-connection.ts'

const list = createRoute({
  method: 'get',
  path: '/connections',
  summary: 'The organizations that are connected, for those who may see them as a whole',
  responses: { ...found(z.object({ items: z.array(connection) }), 'Every one.'), ...problems },
})

const one = createRoute({
  method: 'get',
  path: '/connections/{id}',
  summary: 'One connection with its permissions, events, webhooks and limits',
  request: { params: idParam },
  responses: { ...found(connectionDetail, 'The connection.'), ...problems },
})

export const connections = ({ means }: ApiMeans) => {
  const visible = (holdings: Parameters<typeof scopeOf>[0]) => means.store.search.connections(scopeOf(holdings))
  return routes()
    .openapi(list, async (context) => {
      const items = []
      for (const each of await visible(context.var.visitor.holdings)) items.push(await tellConnection(means, each))
      return context.json({ items }, 200)
    })
    .openapi(one, async (context) => {
      const { id } = context.req.valid('param')
      const known = (await visible(context.var.visitor.holdings)).find((each) => each.id === id)
      if (!known) throw notFound('such connection')
      return context.json(await tellConnectionWhole(means, known), 200)
    })
}
