import { createRoute, z } from '@hono/zod-openapi'
import { flipSwitch } from '../../engine/enforcement/switch.ts'
import type { Means } from '../../engine/means.ts'
import type { Role } from '../../model/access.ts'
import type { EnforcementSwitch } from '../../model/enforcement.ts'
import { connectionFor } from './connection-for.ts'
import { permit } from './permit.ts'
import { notFound, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { enforcementNote, enforcementSwitch } from './shapes/enforcement.ts'
import { tellSwitch } from './tell-enforcement.ts'
import type { Visitor } from './visitor.ts'

const everywhere = '/enforcement/stop'
const ofOne = '/connections/{id}/enforcement/stop'

const stopAll = createRoute({
  method: 'put',
  path: everywhere,
  summary: 'Stops all enforcement at once; takes an Operator everywhere',
  request: { body: sent(enforcementNote) },
  responses: { ...found(enforcementSwitch, 'It is stopped.'), ...writeProblems },
})

const resumeAll = createRoute({
  method: 'delete',
  path: everywhere,
  summary: 'Lets all enforcement go on; takes an Admin everywhere',
  responses: { ...found(enforcementSwitch, 'It goes on.'), ...writeProblems },
})

const stop = createRoute({
  method: 'put',
  path: ofOne,
  summary: 'Stops the enforcement of an organization at once; takes an Operator there',
  request: { params: idParam, body: sent(enforcementNote) },
  responses: { ...found(enforcementSwitch, 'It is stopped.'), ...writeProblems },
})

const resume = createRoute({
  method: 'delete',
  path: ofOne,
  summary: 'Lets the enforcement of an organization go on; takes an Admin there',
  request: { params: idParam },
  responses: { ...found(enforcementSwitch, 'It goes on.'), ...writeProblems },
})

const history = createRoute({
  method: 'get',
  path: ofOne,
  summary: 'Who stopped the enforcement of an organization and let it go on, newest first; the last 100 times',
  request: { params: idParam },
  responses: { ...found(z.object({ items: z.array(enforcementSwitch) }), 'Every time.'), ...writeProblems },
})

const remembered = 100

export const enforcementStops = ({ means }: ApiMeans) => {
  const flip = flipping(means)
  const idOf = async (visitor: Visitor, id: number, role: Role) => (await connectionFor(means, visitor, id, role)).id
  return routes()
    .openapi(stopAll, async (context) => {
      const { visitor } = context.var
      await permit(means, visitor, 'Operator', null)
      return context.json(await flip(visitor, 'stopped', null, context.req.valid('json').why), 200)
    })
    .openapi(resumeAll, async (context) => {
      const { visitor } = context.var
      await permit(means, visitor, 'Admin', null)
      return context.json(await flip(visitor, 'going', null), 200)
    })
    .openapi(stop, async (context) => {
      const { visitor } = context.var
      const id = await idOf(visitor, context.req.valid('param').id, 'Operator')
      return context.json(await flip(visitor, 'stopped', id, context.req.valid('json').why), 200)
    })
    .openapi(resume, async (context) => {
      const { visitor } = context.var
      const id = await idOf(visitor, context.req.valid('param').id, 'Admin')
      return context.json(await flip(visitor, 'going', id), 200)
    })
    .openapi(history, async (context) => {
      const id = await idOf(context.var.visitor, context.req.valid('param').id, 'ReadOnly')
      const { enforcements } = means.store
      const switches = [
        ...(await enforcements.switches(null, remembered)),
        ...(await enforcements.switches(id, remembered)),
      ]
      const items = switches.toSorted((a, b) => b.at - a.at).slice(0, remembered)
      return context.json({ items: items.map(tellSwitch) }, 200)
    })
}

/** Flipping it to where it is already changes nothing, and tells who did it. */
const flipping =
  (means: Means) =>
  async ({ login, source }: Visitor, to: EnforcementSwitch['to'], connectionId: number | null, why?: string) => {
    await flipSwitch(means, { connectionId, to, by: login, why: why ?? null }, source)
    const last = await means.store.enforcements.lastSwitch(connectionId)
    if (!last) throw notFound('stop of enforcement')
    return tellSwitch(last)
  }
