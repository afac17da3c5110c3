import { InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/**
 * A moment of the past in milliseconds, for commander: ISO 8601 with a zone, or so long ago: `-90m`, `-2h`, `-3d`, `-1w`.
 * Words such as "yesterday", and times without a zone, would be anybody's guess.
 */
export function pastTime(text: string): number {
  const [, count, unit = ''] = /^-(\d{1,6})([mhdw])$/.exec(text) ?? []
  if (count) return Date.now() - Number(count) * (units[unit] ?? 0)
  const time = z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new InvalidArgumentError(
      /^\d{4}-\d\d-\d\d/.test(text)
        ? 'It takes a time of day and a zone, like 2026-01-31T14:30:00Z or 2026-01-31T14:30:00+01:00.'
        : 'It takes a time like 2026-01-31T14:30:00Z, or so long ago: -90m, -2h, -3d or -1w.',
    )
  if (time > Date.now()) throw new InvalidArgumentError('It is still to come.')
  return time
}

export const asOfOption = (): Option =>
  new Option('--as-of <time>', 'as it was then: 2026-01-31T14:30:00Z, or so long ago: -90m, -2h, -3d, -1w').argParser(
    pastTime,
  )
