import { z } from 'zod'

const latest = 253_402_300_799

/** A moment as GitHub writes it: ISO 8601, in some payloads Unix seconds. Gives ISO 8601 in UTC. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.int().min(0).max(latest)])
  .transform((said) => new Date(typeof said === 'number' ? said * 1_000 : said).toISOString().replace('.000Z', 'Z'))
