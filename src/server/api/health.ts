import { createRoute } from '@hono/zod-openapi'
import { scopeOf } from '../../model/access.ts'
import { moment, momentOrNull } from './asked.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { health as shape } from './shapes/health.ts'

const get = createRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether Guardpost can do its work, and how much waits',
  responses: { ...found(shape, 'How it is.'), ...problems },
})

export const health = ({ means: { store }, ready, version, startedAt }: ApiMeans) =>
  routes().openapi(get, async (context) => {
    const reason = await ready()
    const lastDeliveryAt = await store.search.lastDeliveryAt(scopeOf(context.var.visitor.holdings))
    const answer = {
      ready: reason === null,
      reason,
      version,
      startedAt: moment(startedAt),
      jobs: await store.jobs.counts(),
      lastDeliveryAt: momentOrNull(lastDeliveryAt),
    }
    return context.json(answer, 200)
  })
