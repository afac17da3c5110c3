import { createRoute, z } from '@hono/zod-openapi'
import { resourceTypes as declared } from '../../engine/catalog.ts'
import { scopeOf } from '../../model/access.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { resourceType } from './shapes/resource.ts'

const list = createRoute({
  method: 'get',
  path: '/resource-types',
  summary: 'Types of resource with their fields, and how many there are of each',
  responses: { ...found(z.object({ items: z.array(resourceType) }), 'Every type.'), ...problems },
})

export const resourceTypes = ({ means: { store } }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const counts = await store.search.resourceCounts(scopeOf(context.var.visitor.holdings))
    const items = declared.map(({ type, parent, view, fields }) => ({
      type,
      parent,
      view,
      fields: Object.entries(fields).map(([name, { kind, event, about }]) => ({ name, kind, event, about })),
      count: counts.find((count) => count.type === type)?.count ?? 0,
    }))
    return context.json({ items }, 200)
  })
