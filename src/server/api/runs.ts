import { createRoute, z } from '@hono/zod-openapi'
import { controlJob } from '../../engine/jobs.ts'
import type { Means } from '../../engine/means.ts'
import { scopeOf } from '../../model/access.ts'
import type { ControlRecord } from '../../model/control.ts'
import { numbered, numberOf, pageQuery } from './asked.ts'
import { permit } from './permit.ts'
import { notFound, problems, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { run } from './shapes/control.ts'
import { id, pageOf } from './shapes/page.ts'
import { tellRun } from './tell-control.ts'
import type { Visitor } from './visitor.ts'

const list = createRoute({
  method: 'get',
  path: '/controls/{id}/runs',
  summary: 'What a control found each time, newest first',
  request: { params: idParam, query: pageQuery },
  responses: { ...found(pageOf(run), 'A page of runs.'), ...problems },
})

const now = createRoute({
  method: 'post',
  path: '/controls/{id}/runs',
  summary: 'Runs a control now, by what GitHub says now; takes an Operator',
  request: { params: idParam },
  responses: {
    202: { description: 'It will.', content: { 'application/json': { schema: z.object({ id }) } } },
    ...writeProblems,
  },
})

export const runs = ({ means }: ApiMeans) =>
  routes()
    .openapi(list, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const query = context.req.valid('query')
      const control = await means.store.search.control(scope, context.req.valid('param').id)
      if (!control) throw notFound('such control')
      const page = { before: numberOf(query), limit: query.limit + 1 }
      const { items, next } = numbered(
        await means.store.search.runs(scope, control.id, page),
        query.limit,
        (each) => each.id,
      )
      return context.json({ items: items.map(tellRun), next }, 200)
    })
    .openapi(now, async (context) => {
      const control = await operated(means, context.var.visitor, context.req.valid('param').id)
      const { id, connectionId, path, resourceId } = control
      const job = controlJob(connectionId, { path, resourceId, why: 'asked for', fresh: true }, means.clock())
      await means.store.jobs.enqueue([job])
      return context.json({ id }, 202)
    })

/** A control that the visitor may see and operate. */
export async function operated(means: Means, visitor: Visitor, id: number): Promise<ControlRecord> {
  const scope = scopeOf(visitor.holdings)
  const control = await means.store.search.control(scope, id)
  const resource = control && (await means.store.search.resource(scope, control.resourceId))
  if (!resource) throw notFound('such control')
  await permit(means, visitor, 'Operator', resource)
  return control
}
