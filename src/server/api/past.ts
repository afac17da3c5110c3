import { createRoute } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import { keyOf, pageQuery, told } from './asked.ts'
import { interval, pastInterval } from './asked-moment.ts'
import { notFound, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { becameRow, difference } from './shapes/past.ts'
import { tellBecame, tellDifference } from './tell-past.ts'

const compare = createRoute({
  method: 'get',
  path: '/resources/{id}/difference',
  summary: 'What two moments of a resource do not have in common',
  request: { params: idParam, query: interval },
  responses: { ...found(difference, 'The difference.'), ...problems },
})

const changes = createRoute({
  method: 'get',
  path: '/resources/{id}/changes',
  summary:
    'What was found, changed or went between two moments, of a resource and all below it, the last first; a page may be short of its limit and have a next one',
  request: { params: idParam, query: pageQuery.extend(interval.shape) },
  responses: { ...found(pageOf(becameRow), 'A page of them.'), ...problems },
})

export const past = ({ means: { store, clock } }: ApiMeans) =>
  routes()
    .openapi(compare, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const resource = await store.search.resource(scope, context.req.valid('param').id)
      if (!resource) throw notFound('such resource')
      const times = pastInterval(context.req.valid('query'), clock)
      const before = await store.search.past(scope, resource.id, times.from)
      const after = await store.search.past(scope, resource.id, times.to)
      return context.json(tellDifference(resource, [before, after], times), 200)
    })
    .openapi(changes, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const { cursor, limit, ...asked } = context.req.valid('query')
      const resource = await store.search.resource(scope, context.req.valid('param').id)
      if (!resource) throw notFound('such resource')
      const times = pastInterval(asked, clock)
      const after = cursor === undefined ? null : keyOf(cursor)
      const page = told(await store.search.became(scope, resource.id, { ...times, after, limit }), tellBecame)
      return context.json({ ...page, items: page.items.filter((item) => item !== null) }, 200)
    })
