import { z } from '@hono/zod-openapi'
import type { Clock } from '../../model/clock.ts'
import { moment } from './asked.ts'
import { Problem } from './problem.ts'

/** A moment as an address names it, in milliseconds inside. */
export const askedMoment = (description: string) =>
  z.iso
    .datetime({ offset: true, error: 'is no moment: it takes ISO 8601 with a zone, like 2030-01-31T14:30:00Z' })
    .transform((text) => Date.parse(text))
    .openapi({ type: 'string', format: 'date-time', description, example: '2030-01-31T14:30:00Z' })

/** Throws where the moment is still to come: nothing can be known of it. */
export function pastMoment(name: string, time: number, clock: Clock): number {
  if (time > clock())
    throw new Problem(400, `\`${name}\` is still to come. Choose a moment up to now, which is ${moment(clock())}.`)
  return time
}

/** The two moments of a comparison. */
export const interval = z.object({
  from: askedMoment('The earlier moment.'),
  to: askedMoment('The later moment; now, if it is left out.').optional(),
})

/** Throws where they are the wrong way round, or still to come. */
export function pastInterval({ from, to }: z.infer<typeof interval>, clock: Clock): { from: number; to: number } {
  const times = { from: pastMoment('from', from, clock), to: to === undefined ? clock() : pastMoment('to', to, clock) }
  if (times.from > times.to)
    throw new Problem(400, '`from` is after `to`. Exchange the two: `from` is the earlier moment.')
  return times
}
