import type { Budget } from '../../model/github.ts'
import { operator, type Symptom } from './symptom.ts'

/** Below this share of an hour's requests live work is about to wait. */
const little = 0.1

/** How GitHub's hourly limits stand for the credential of a connection. */
export const examineBudget = (budgets: readonly Budget[]): Symptom[] => budgets.map(judge)

function judge({ resource, limit, remaining, resetAt, blockedUntil }: Budget): Symptom {
  const about = `Hourly limit \`${resource}\``
  const until = blockedUntil ?? resetAt
  const when = until === null ? '' : ` until ${new Date(until).toISOString()}`
  if (blockedUntil !== null) return scarce(about, `used up${when}`)
  if (limit === null || remaining === null) return { about, found: 'GitHub did not say', level: 'unknown' }
  const found = `${remaining} of ${limit} left${when}`
  return remaining < limit * little ? scarce(about, found) : { about, found, level: 'ok' }
}

const scarce = (about: string, found: string): Symptom => ({
  about,
  found,
  level: 'wrong',
  remedy: {
    who: operator,
    action: 'Wait: work goes on by itself then. If it happens often, see what else uses the same App or token.',
  },
})
