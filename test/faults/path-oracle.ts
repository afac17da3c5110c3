import type { Evidence } from '../../src/model/verdict.ts'
import { type PublishedRun, timeIn } from './published-run.ts'
import type { Attempt, Truth, Window } from './truth.ts'

const hour = 3_600_000

/** Why something said of the way of the deliveries was not so; null where it was, by GitHub's own log. */
export function falsePath(truth: Truth, run: PublishedRun, { about, found }: Evidence, window: Window): string | null {
  const from = timeIn(run.verdict, 'Delivery log of GitHub') ?? window.from
  const logs = logsOf(truth, run).flatMap((log) => momentsOf(log, { from, to: window.to }))
  const is = claims(truth)[about]
  if (!is) return `“${about}: ${found}”: nothing is known that could prove it`
  return logs.some((log) => is(log, found)) ? null : `“${about}: ${found}”, and GitHub's log never said so`
}

const logsOf = (truth: Truth, { kind, organization }: PublishedRun): readonly (readonly Attempt[])[] =>
  (kind === 'app' ? [truth.app.hookId] : (truth.hooksOf.get(organization) ?? [])).map(truth.log)

/** The log as it stood at each moment of the window, with that moment. */
function momentsOf(log: readonly Attempt[], { from, to }: Window): { at: number; until: readonly Attempt[] }[] {
  const times = [from, ...log.map(({ deliveredAt }) => deliveredAt).filter((at) => at > from && at <= to)]
  return times.map((at) => ({ at, until: log.filter(({ deliveredAt }) => deliveredAt <= at) }))
}

const secondOf = (attempt: Attempt | undefined): number => Math.floor((attempt?.deliveredAt ?? 0) / 1_000)

type Claim = (log: { at: number; until: readonly Attempt[] }, found: string) => boolean

const failed = ({ status }: Attempt): boolean => status !== 'OK'

const claims = ({ heard }: Truth): Readonly<Record<string, Claim>> => ({
  'Deliveries answered': ({ at, until }, found) => {
    const last = until.filter(({ deliveredAt }) => deliveredAt > at - hour)
    const failures = last.filter(failed).length
    return found.startsWith('all failed')
      ? until.length >= 3 && until.slice(-3).every(failed)
      : failures >= 5 && failures * 2 >= last.length
  },
  // GitHub's log tells whole seconds: of those within one it does not say which was the last. What was read back out of it
  // did not arrive.
  'Deliveries arrived': ({ at, until }) => {
    const good = until.filter((attempt) => !failed(attempt))
    const second = secondOf(good.at(-1))
    const isHeard = ({ guid }: Attempt) => (heard.get(guid) ?? Number.POSITIVE_INFINITY) <= at
    return good.some((attempt) => secondOf(attempt) === second && !isHeard(attempt))
  },
  'Deliveries held back by GitHub': ({ until }) => until.filter(({ throttledAt }) => throttledAt !== null).length >= 3,
  'Webhook secret': ({ until }) => until.length === 0 || until.slice(-3).some(failed),
})
