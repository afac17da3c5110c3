import { createRoute } from '@hono/zod-openapi'
import { muteControl, unmuteControl } from '../../engine/mute.ts'
import { type ControlState, stateLabel } from '../../model/control-state.ts'
import { moment, momentOrNull } from './asked.ts'
import { notFound, Problem, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { operated } from './runs.ts'
import { mute, newMute } from './shapes/control.ts'

const put = createRoute({
  method: 'put',
  path: '/controls/{id}/mute',
  summary: 'Mutes a control: it is hidden and enforces nothing; takes an Operator',
  request: { params: idParam, body: sent(newMute) },
  responses: { ...found(mute, 'How it is muted.'), ...writeProblems },
})

const lift = createRoute({
  method: 'delete',
  path: '/controls/{id}/mute',
  summary: 'Lifts the mute of a control; takes an Operator',
  request: { params: idParam },
  responses: { 204: { description: 'It is muted no longer.' }, ...writeProblems },
})

export const mutes = ({ means }: ApiMeans) =>
  routes()
    .openapi(put, async (context) => {
      const { visitor } = context.var
      const { until, date, note } = context.req.valid('json')
      const control = await operated(means, visitor, context.req.valid('param').id)
      const end = until === 'date' ? dateToCome(date, means.clock()) : noDate(date, until, control.state)
      await muteControl(
        means,
        control,
        { until, date: end, note: note ?? null },
        { actor: visitor.login, source: visitor.source },
      )
      const kept = await means.store.controls.mute(control.connectionId, control.id)
      if (!kept) throw notFound('such mute')
      const { by, at } = kept
      return context.json({ until, date: momentOrNull(end), note: kept.note, by, at: moment(at) }, 200)
    })
    .openapi(lift, async (context) => {
      const { visitor } = context.var
      const control = await operated(means, visitor, context.req.valid('param').id)
      if (!(await unmuteControl(means, control, { actor: visitor.login, source: visitor.source })))
        throw notFound('mute of this control')
      return context.body(null, 204)
    })

const wrongDate = (detail: string): Problem => new Problem(422, detail, [{ pointer: '/date', detail }])

function dateToCome(date: string | undefined, now: number): number {
  const end = date === undefined ? Number.NaN : Date.parse(date)
  if (end > now) return end
  throw wrongDate('A mute until a date takes `date`, a time that is still to come.')
}

function noDate(date: string | undefined, until: 'ok' | 'alarm' | 'forever', state: ControlState): null {
  if (date !== undefined) throw wrongDate('Only a mute until a date takes `date`.')
  if (until !== state) return null
  const detail = `It is ${stateLabel[state]} already, so such a mute would end at once.`
  throw new Problem(422, detail, [{ pointer: '/until', detail }])
}
