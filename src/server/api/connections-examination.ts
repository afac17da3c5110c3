import { createRoute } from '@hono/zod-openapi'
import { type Visit, visits } from '../../engine/doctor/visits.ts'
import { moment, momentOrNull } from './asked.ts'
import { connectionFor } from './connection-for.ts'
import { writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes } from './routes.ts'
import { examination } from './shapes/connection.ts'
import { tellRemedy } from './tell-removal.ts'

const last = createRoute({
  method: 'get',
  path: '/connections/{id}/examination',
  summary: 'What the doctor found between GitHub and an organization, as of when; takes an Operator there',
  request: { params: idParam },
  responses: { ...found(examination, 'The newest examination.'), ...writeProblems },
})

const begin = createRoute({
  method: 'post',
  path: '/connections/{id}/examination',
  summary: 'Has the doctor look: GitHub is read, and asked to ping our webhooks; takes an Operator there',
  request: { params: idParam },
  responses: {
    202: {
      description: 'It is under way; to be asked for until it has ended.',
      content: { 'application/json': { schema: examination } },
    },
    ...writeProblems,
  },
})

export const connectionsExamination = ({ means }: ApiMeans) => {
  const { begin: beginVisit, last: lastVisit } = visits(means)
  return routes()
    .openapi(last, async (context) => {
      const known = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'Operator')
      return context.json(tellVisit(lastVisit(known)), 200)
    })
    .openapi(begin, async (context) => {
      const known = await connectionFor(means, context.var.visitor, context.req.valid('param').id, 'Operator')
      return context.json(tellVisit(beginVisit(known)), 202)
    })
}

const tellVisit = (visit: Visit | null) => ({
  startedAt: visit && moment(visit.startedAt),
  endedAt: momentOrNull(visit?.endedAt ?? null),
  symptoms: (visit?.symptoms ?? []).map(({ about, found, level, remedy }) => ({
    about,
    found,
    level,
    remedy: remedy ? tellRemedy(remedy) : null,
  })),
})
