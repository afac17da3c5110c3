import { createRoute, type z } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import type { Json } from '../../model/resource.ts'
import { sameJson } from '../../model/same-json.ts'
import type { Version } from '../../model/search.ts'
import { moment, numbered, numberOf, pageQuery, tellChange } from './asked.ts'
import { notFound, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { version } from './shapes/resource.ts'

const list = createRoute({
  method: 'get',
  path: '/resources/{id}/versions',
  summary: 'What a resource was, newest first, each with what was new in it',
  request: { params: idParam, query: pageQuery },
  responses: { ...found(pageOf(version), 'A page of versions.'), ...problems },
})

export const versions = ({ means: { store } }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const scope = scopeOf(context.var.visitor.holdings)
    const query = context.req.valid('query')
    const resource = await store.search.resource(scope, context.req.valid('param').id)
    if (!resource) throw notFound('such resource')
    const page = { before: numberOf(query), limit: query.limit + 1 }
    const rows = await store.search.versions(scope, resource.id, page)
    const { items, next } = numbered(rows, query.limit, (each) => each.version)
    return context.json({ items: items.map((row, index) => tellVersion(row, rows[index + 1])), next }, 200)
  })

const tellVersion = ({ version, at, data }: Version, former: Version | undefined): z.infer<typeof versionShape> => ({
  version,
  at: moment(at),
  data,
  changes: former ? changesOf(former.data, data) : [],
})

const versionShape = version

const changesOf = (before: Version['data'], after: Version['data']) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: told(before, field), after: told(after, field) }))
    .filter((change) => !sameJson(change.before, change.after))
    .map(tellChange)

const told = (data: Version['data'], field: string): Json => data[field] ?? null
