import { createRoute } from '@hono/zod-openapi'
import { resourceTypes } from '../../engine/catalog.ts'
import { scopeOf } from '../../model/access.ts'
import { controlStates } from '../../model/control-state.ts'
import { type FoundResource, resourceTerms } from '../../model/search.ts'
import { asked, moment, momentOrNull, told } from './asked.ts'
import { notFound, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { resourceDetail, resourceQuery, resourceRow } from './shapes/resource.ts'
import { tellResource } from './tell-resource.ts'

const list = createRoute({
  method: 'get',
  path: '/resources',
  summary: 'Resources by title; those that are gone only where the filter speaks of `gone:`',
  request: { query: resourceQuery },
  responses: { ...found(pageOf(resourceRow), 'A page of resources.'), ...problems },
})

const one = createRoute({
  method: 'get',
  path: '/resources/{id}',
  summary: 'One resource with each field, and how and when it was last known true',
  request: { params: idParam },
  responses: { ...found(resourceDetail, 'The resource.'), ...problems },
})

const terms = resourceTerms(
  resourceTypes.map(({ type }) => type),
  controlStates,
)

export const resources = ({ means }: ApiMeans) =>
  routes()
    .openapi(list, async (context) => {
      const { store, clock } = means
      const scope = scopeOf(context.var.visitor.holdings)
      const page = await store.search.resources(scope, asked(context.req.valid('query'), terms, clock()))
      return context.json(told(page, row), 200)
    })
    .openapi(one, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const resource = await means.store.search.resource(scope, context.req.valid('param').id)
      if (!resource) throw notFound('such resource')
      return context.json(await tellResource(means, scope, resource), 200)
    })

const row = ({ lastSeenAt, goneAt, ...resource }: FoundResource) => ({
  ...resource,
  lastSeenAt: moment(lastSeenAt),
  goneAt: momentOrNull(goneAt),
})
