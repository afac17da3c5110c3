import { resetIn, retryAfterIn } from '../limits/limit-headers.ts'
import type { RefusalFacts } from '../refusal-facts.ts'
import { found, inItsWords, type Row } from './row.ts'

const soon = 30_000
/** GitHub asks for at least a minute where a secondary limit names no time. */
const minute = 60_000

/** No answer in time, or none that could be read. */
export const noAnswer: Row = (facts, context) => {
  if (facts.status !== null || facts.type !== null) return null
  const reason = `GitHub did not answer ${context.call}${inItsWords(facts)}`
  return found(context, { code: 'unavailable', reason }, context.now + soon)
}

/** GitHub has a fault of its own, or gave up on a query that took too long. */
export const serverError: Row = (facts, context) => {
  const gaveUp = /^Something went wrong while executing your query|^We couldn't respond to your request in time/
  if ((facts.status ?? 0) < 500 && !gaveUp.test(facts.message)) return null
  const reason = `GitHub could not answer ${context.call} (${facts.status})${inItsWords(facts)}`
  return found(context, { code: 'unavailable', reason }, retryAfter(facts, context.now) ?? context.now + soon)
}

/**
 * Which of GitHub's limits a refusal is about. The primary one is the hour's requests, which GraphQL says with HTTP 200;
 * a 429 that does not say that they are used up is a secondary one.
 */
export function limitIn({ status, message, type, headers }: RefusalFacts): 'primary' | 'secondary' | null {
  if (/secondary rate limit|abuse detection/i.test(message)) return 'secondary'
  const usedUp = (status === 403 || status === 429) && headers['x-ratelimit-remaining'] === '0'
  if (usedUp || /^API rate limit (already )?exceeded/.test(message) || /^RATE_LIMIT/.test(type ?? '')) return 'primary'
  return status === 429 ? 'secondary' : null
}

/** Too many requests at a time, or too much written in a minute. */
export const secondaryLimit: Row = (facts, context) => {
  if (limitIn(facts) !== 'secondary') return null
  const reason = `GitHub asks to slow down: a secondary rate limit was exceeded by ${context.call}.`
  return found(context, { code: 'rate-limited', reason }, retryAfter(facts, context.now) ?? context.now + minute)
}

/** The hour's requests are used up. */
export const primaryLimit: Row = (facts, context) => {
  if (limitIn(facts) !== 'primary') return null
  const until = retryAfter(facts, context.now) ?? resetIn(facts.headers) ?? context.now + minute
  const reason = `GitHub's rate limit is used up until ${new Date(until).toISOString()}; ${context.call} was refused.`
  return found(context, { code: 'rate-limited', reason }, until)
}

function retryAfter({ headers }: RefusalFacts, now: number): number | null {
  const wait = retryAfterIn(headers)
  return wait === null ? null : now + wait
}
