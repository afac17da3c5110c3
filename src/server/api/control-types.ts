import { createRoute, z } from '@hono/zod-openapi'
import { controlTypes as declared } from '../../engine/catalog.ts'
import { scopeOf } from '../../model/access.ts'
import { markTexts } from '../../model/marks.ts'
import { problems } from './problem.ts'
import { type ApiMeans, found, routes } from './routes.ts'
import { controlType } from './shapes/control.ts'

const list = createRoute({
  method: 'get',
  path: '/control-types',
  summary: 'Types of control, with how many controls stand in each state; those that are muted are counted apart',
  responses: { ...found(z.object({ items: z.array(controlType) }), 'Every type.'), ...problems },
})

export const controlTypes = ({ means: { store, clock } }: ApiMeans) =>
  routes().openapi(list, async (context) => {
    const counts = await store.search.controlCounts(scopeOf(context.var.visitor.holdings), clock())
    const items = declared.map(({ path, title, risk, advice, marks, target }) => {
      const own = counts.filter((count) => count.path === path)
      const states = Object.fromEntries(own.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]))
      const muted = own.reduce((sum, { muted }) => sum + muted, 0)
      return { path, title, risk, advice, marks: markTexts(marks), target, states, muted }
    })
    return context.json({ items }, 200)
  })
