import { createRoute, z } from '@hono/zod-openapi'
import { enforcementOverview } from '../../engine/enforcement/overview.ts'
import { planOf } from '../../engine/enforcement/plan.ts'
import { withNames } from '../../engine/enforcement/with-names.ts'
import { scopeOf } from '../../model/access.ts'
import { numbered, numberOf, pageQuery } from './asked.ts'
import { connectionFor } from './connection-for.ts'
import { problems, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { enforcementPlan, enforcementStanding, heldEnforcement } from './shapes/enforcement.ts'
import { pageOf } from './shapes/page.ts'
import { tellHeld, tellStanding } from './tell-enforcement.ts'

const standing = createRoute({
  method: 'get',
  path: '/enforcement',
  summary: 'How enforcement stands with each organization: whether it is stopped, what is made and what waits',
  responses: { ...found(z.object({ items: z.array(enforcementStanding) }), 'Every organization.'), ...problems },
})

const waiting = createRoute({
  method: 'get',
  path: '/connections/{id}/enforcement/waiting',
  summary: 'The enforcements of an organization that wait, with what they would change and why they wait',
  request: { params: idParam, query: pageQuery },
  responses: { ...found(pageOf(heldEnforcement), 'A page of them.'), ...writeProblems },
})

const plan = createRoute({
  method: 'get',
  path: '/connections/{id}/enforcement/plan',
  summary: 'What the first Enforce on an organization would change, as long as it waits to be confirmed',
  request: { params: idParam },
  responses: { ...found(enforcementPlan, 'The plan; without items there is none.'), ...writeProblems },
})

/** Of a plan, in one answer. */
const shownAtMost = 200

export const enforcement = ({ means }: ApiMeans) => {
  const { store, clock } = means
  return routes()
    .openapi(standing, async (context) => {
      const items = []
      for (const connection of await store.search.connections(scopeOf(context.var.visitor.holdings)))
        items.push(tellStanding(await enforcementOverview(means, connection)))
      return context.json({ items }, 200)
    })
    .openapi(waiting, async (context) => {
      const { id } = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'ReadOnly')
      const query = context.req.valid('query')
      const held = await store.enforcements.held(id, { after: numberOf(query) ?? 0, limit: query.limit + 1 })
      const { items, next } = numbered(held, query.limit, ({ controlId }) => controlId)
      return context.json({ items: (await withNames(store, items)).map(tellHeld), next }, 200)
    })
    .openapi(plan, async (context) => {
      const { id } = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'ReadOnly')
      const { items, digest, toCome } = await planOf(store, id, clock())
      const shown = (await withNames(store, items.slice(0, shownAtMost))).map(tellHeld)
      return context.json({ plan: digest, total: items.length, toCome, items: shown }, 200)
    })
}
