import { createRoute } from '@hono/zod-openapi'
import { controlTypes } from '../../engine/catalog.ts'
import { scopeOf } from '../../model/access.ts'
import { controlStates } from '../../model/control-state.ts'
import { controlTerms, type FoundControl } from '../../model/search.ts'
import { asked, moment, momentOrNull, told } from './asked.ts'
import { notFound, problems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { controlDetail, controlRow } from './shapes/control.ts'
import { listQuery, pageOf } from './shapes/page.ts'
import { tellControl } from './tell-control.ts'

const list = createRoute({
  method: 'get',
  path: '/controls',
  summary: 'Controls, the worst first, then by title; muted ones only where the filter speaks of `muted:`',
  request: { query: listQuery },
  responses: { ...found(pageOf(controlRow), 'A page of controls.'), ...problems },
})

const one = createRoute({
  method: 'get',
  path: '/controls/{id}',
  summary: 'One control with all that is known of it',
  request: { params: idParam },
  responses: { ...found(controlDetail, 'The control.'), ...problems },
})

const terms = controlTerms(
  controlTypes.map(({ path }) => path),
  controlStates,
)

export const controls = ({ means }: ApiMeans) =>
  routes()
    .openapi(list, async (context) => {
      const { store, clock } = means
      const scope = scopeOf(context.var.visitor.holdings)
      const page = await store.search.controls(scope, asked(context.req.valid('query'), terms, clock()))
      return context.json(told(page, row), 200)
    })
    .openapi(one, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const control = await means.store.search.control(scope, context.req.valid('param').id)
      if (!control) throw notFound('such control')
      return context.json(await tellControl(means, scope, control), 200)
    })

const row = ({ id, path, state, reason, since, lastRunAt, resource, muted }: FoundControl) => ({
  id,
  path,
  state,
  reason,
  since: moment(since),
  lastRunAt: momentOrNull(lastRunAt),
  resource,
  muted,
})
