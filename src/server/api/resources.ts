import { createRoute, z } from '@hono/zod-openapi'
import { resourceTypes } from '../../engine/catalog.ts'
import { scopeOf } from '../../model/access.ts'
import { controlStates } from '../../model/control-state.ts'
import type { Resource } from '../../model/resource.ts'
import { type FoundResource, pastTerms, resourceTerms } from '../../model/search.ts'
import { asked, moment, momentOrNull, told } from './asked.ts'
import { askedMoment, pastMoment } from './asked-moment.ts'
import { notFound, Problem, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { pastDetail, pastRow } from './shapes/past.ts'
import { resourceDetail, resourceQuery, resourceRow } from './shapes/resource.ts'
import { tellPast, tellPastRow } from './tell-past.ts'
import { tellResource } from './tell-resource.ts'

const asOf = z.object({ 'as-of': askedMoment('As it was known at that moment of the past.').optional() })

const list = createRoute({
  method: 'get',
  path: '/resources',
  summary:
    'Resources by title; those that are gone only where the filter speaks of `gone:`. As of a past moment a page may be short of its limit and have a next one',
  request: { query: resourceQuery.extend(asOf.shape) },
  responses: {
    ...found(z.union([pageOf(resourceRow), pageOf(pastRow)]), 'A page of resources; of past ones with `as-of`.'),
    ...problems,
  },
})

const one = createRoute({
  method: 'get',
  path: '/resources/{id}',
  summary: 'One resource with each field, and how and when it was last known true',
  request: { params: idParam, query: asOf },
  responses: { ...found(z.union([resourceDetail, pastDetail]), 'The resource; as it was with `as-of`.'), ...problems },
})

const types = resourceTypes.map(({ type }) => type)
const terms = { now: resourceTerms(types, controlStates), past: pastTerms(types) }

export const resources = ({ means }: ApiMeans) =>
  routes()
    .openapi(list, async (context) => {
      const { store, clock } = means
      const scope = scopeOf(context.var.visitor.holdings)
      const { 'as-of': asOf, ...query } = context.req.valid('query')
      if (asOf !== undefined) {
        const time = pastMoment('as-of', asOf, clock)
        const page = await store.search.pastResources(scope, time, asked(query, terms.past, clock()))
        return context.json(
          told(page, (each) => tellPastRow(each, time)),
          200,
        )
      }
      const page = await store.search.resources(scope, asked(query, terms.now, clock()))
      return context.json(told(page, row), 200)
    })
    .openapi(one, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const resource = await means.store.search.resource(scope, context.req.valid('param').id)
      if (!resource) throw notFound('such resource')
      const { 'as-of': asOf } = context.req.valid('query')
      if (asOf !== undefined) {
        const time = pastMoment('as-of', asOf, means.clock)
        const past = await means.store.search.past(scope, resource.id, time)
        if (!past) throw notRecorded(resource, time)
        return context.json(tellPast(past, time), 200)
      }
      return context.json(await tellResource(means, scope, resource), 200)
    })

const notRecorded = ({ title, createdAt }: Resource, time: number) =>
  new Problem(
    404,
    createdAt > time
      ? `${title} was not recorded yet at ${moment(time)}; it is since ${moment(createdAt)}.`
      : `What ${title} was at ${moment(time)} is no longer kept. Its versions show what is.`,
  )

const row = ({ lastSeenAt, goneAt, ...resource }: FoundResource) => ({
  ...resource,
  lastSeenAt: moment(lastSeenAt),
  goneAt: momentOrNull(goneAt),
})
