import { createRoute, type z } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import { activityTerms, type FoundActivity } from '../../model/search.ts'
import { asked, moment, tellChange, told } from './asked.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { listQuery, pageOf } from './shapes/page.ts'
import { activity } from './shapes/resource.ts'

const list = createRoute({
  method: 'get',
  path: '/activities',
  summary: 'What happened, newest first',
  request: { query: listQuery },
  responses: { ...found(pageOf(activity), 'A page of history.'), ...problems },
})

export const activities = ({ means: { store, clock } }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const scope = scopeOf(context.var.visitor.holdings)
    const page = await store.search.activities(scope, asked(context.req.valid('query'), activityTerms, clock()))
    return context.json(told(page, row), 200)
  })

const row = ({
  id,
  at,
  kind,
  actor,
  summary,
  source,
  resource,
  changes,
  deliveryId,
}: FoundActivity): z.infer<typeof activity> => ({
  id,
  at: moment(at),
  kind,
  actor,
  summary,
  source,
  resource,
  changes: changes.map(tellChange),
  deliveryId,
})
