import { createRoute } from '@hono/zod-openapi'
import { confirmPlan, NotConfirmed } from '../../engine/enforcement/plan.ts'
import { release } from '../../engine/enforcement/release.ts'
import { connectionFor } from './connection-for.ts'
import { conflict, Problem, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { count, enforcementRelease, planConfirmation } from './shapes/enforcement.ts'

const confirm = createRoute({
  method: 'post',
  path: '/connections/{id}/enforcement/plan/confirmation',
  summary: 'Confirms the first plan of an organization, so that it is enforced; takes an Admin there',
  request: { params: idParam, body: sent(planConfirmation) },
  responses: { ...found(count, 'It is confirmed.'), ...writeProblems, ...conflict },
})

const letThrough = createRoute({
  method: 'post',
  path: '/connections/{id}/enforcement/release',
  summary: 'Lets through what the caps hold; takes an Admin there',
  request: { params: idParam, body: sent(enforcementRelease) },
  responses: { ...found(count, 'They go on.'), ...writeProblems },
})

export const enforcementReleases = ({ means }: ApiMeans) =>
  routes()
    .openapi(confirm, async (context) => {
      const { visitor } = context.var
      const { id } = await connectionFor(means, visitor, context.req.valid('param').id, 'Admin')
      const wanted = { digest: context.req.valid('json').plan, by: visitor.login }
      const count = await confirmPlan(means, id, wanted).catch((error: unknown) => {
        throw error instanceof NotConfirmed ? new Problem(409, error.message) : error
      })
      return context.json({ count }, 200)
    })
    .openapi(letThrough, async (context) => {
      const { visitor } = context.var
      const { id } = await connectionFor(means, visitor, context.req.valid('param').id, 'Admin')
      const { policy } = context.req.valid('json')
      const count = await release(means, id, { by: visitor.login, ...(policy && { path: policy }) })
      return context.json({ count }, 200)
    })
