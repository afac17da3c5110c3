import { InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'

/** A whole number from 1, for commander. */
export function countFrom1(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && Number.isSafeInteger(count)) return count
  throw new InvalidArgumentError('It takes a whole number from 1.')
}

/** A time that is still to come, for commander; in milliseconds. A time of day without a zone would be anybody's guess. */
export function timeToCome(text: string): number {
  const isTime = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(text).success
  const time = Date.parse(text)
  if (!isTime || Number.isNaN(time)) throw new InvalidArgumentError('It takes a time like 2027-01-31T00:00:00Z.')
  if (time <= Date.now()) throw new InvalidArgumentError('It is in the past.')
  return time
}

export const jsonOption = (): Option => new Option('--json', 'as JSON, times in UTC')

export const organizationOption = (): Option => new Option('--organization <login>', 'of one organization only')

export const limitOption = (byDefault: number): Option =>
  new Option('--limit <number>', 'at most so many of each organization').argParser(countFrom1).default(byDefault)
