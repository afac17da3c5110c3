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

/** Too many requests at a time, or too much written in a minute. */
export const secondaryLimit: Row = (facts, context) => {
  if (!/secondary rate limit|abuse detection/i.test(facts.message)) return null
  const reason = `GitHub asks to slow down: a secondary rate limit was exceeded by ${context.call}.`
  return found(context, { code: 'rate-limited', reason }, retryAfter(facts, context.now) ?? context.now + minute)
}

/** The hour's requests are used up; GraphQL says so with HTTP 200. */
export const primaryLimit: Row = (facts, context) => {
  const refused = facts.status === 403 || facts.status === 429
  const usedUp = refused && facts.headers['x-ratelimit-remaining'] === '0'
  const said = /^API rate limit (already )?exceeded/.test(facts.message) || /^RATE_LIMIT/.test(facts.type ?? '')
  if (!usedUp && !said && facts.status !== 429) return null
  const until = retryAfter(facts, context.now) ?? reset(facts) ?? context.now + minute
  const reason = `GitHub's rate limit is used up until ${new Date(until).toISOString()}; ${context.call} was refused.`
  return found(context, { code: 'rate-limited', reason }, until)
}

function retryAfter({ headers }: RefusalFacts, now: number): number | null {
  const seconds = wholeNumber(headers['retry-after'])
  return seconds === null ? null : now + seconds * 1000
}

/** `x-ratelimit-reset` is in seconds since 1970. */
function reset({ headers }: RefusalFacts): number | null {
  const seconds = wholeNumber(headers['x-ratelimit-reset'])
  return seconds === null ? null : seconds * 1000
}

const wholeNumber = (text: string | undefined) => (/^\d{1,10}$/.test(text ?? '') ? Number(text) : null)
