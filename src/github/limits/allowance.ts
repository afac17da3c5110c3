import type { Purpose } from '../../model/github.ts'
import type { RefusalFacts } from '../refusal-facts.ts'
import { limitIn } from '../refusals/limits.ts'
import { primaryIn, resetIn, retryAfterIn } from './limit-headers.ts'
import { type LimitRule, type Limits, rulesOf } from './limits.ts'
import { pause } from './pause.ts'
import { type PrimaryLimit, primaryLimit } from './primary-limit.ts'
import type { RequestCost } from './request-cost.ts'
import { slidingWindow } from './sliding-window.ts'

/** The earliest moment for a request, in milliseconds, and what keeps it from going before. */
interface Opening {
  /** Infinity: when a request that is under way ends. */
  readonly at: number
  /** The end of a sentence that begins with the request. */
  readonly why: string
}

/** What came of a request: the headers of the answer, and the facts where it was refused. */
export interface Heard {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly facts: RefusalFacts | null
}

/** What one credential may ask of GitHub, and what it has asked. */
export interface Allowance {
  opening(cost: RequestCost, kind: Purpose['kind'], now: number): Opening
  /** The time, in milliseconds, that each such request takes up when many go one after another. */
  every(cost: RequestCost, kind: Purpose['kind'], now: number): number
  /** Counts a request that goes now. */
  begin(cost: RequestCost, now: number): void
  /** Counts its end. Where a limit refused it: when to ask again, else null. Null in the place of `heard`: no answer. */
  end(cost: RequestCost, begunAt: number, heard: Heard | null, now: number): number | null
  /** Every hourly limit that was used so far. */
  states(
    now: number,
  ): readonly ({ resource: string; blockedUntil: number | null } & ReturnType<PrimaryLimit['state']>)[]
}

export function allowance(limits: Limits): Allowance {
  const windows = rulesOf(limits).map((rule) => ({ ...rule, ...slidingWindow(rule) }))
  const primaries = new Map<string, PrimaryLimit>()
  const quiet = pause()
  let running = 0
  /**
   * A server that tells no hourly limit beside an answer has its limits switched off, as a GitHub Enterprise Server has
   * by default (https://docs.github.com/enterprise-server/rest/using-the-rest-api/rate-limits-for-the-rest-api).
   */
  let isLimited = true

  const primaryOf = (resource: string) => {
    const known = primaries.get(resource) ?? primaryLimit()
    primaries.set(resource, known)
    return known
  }
  const keptBack = (kind: Purpose['kind']) => (kind === 'background' ? limits.liveShare : 0)
  const share = ({ yields }: LimitRule, kind: Purpose['kind'], now: number) =>
    (1 - keptBack(kind)) * (yields ? quiet.pace(now) : 1)
  const isFull = (kind: Purpose['kind']) =>
    running >= (quiet.isTrial ? 1 : Math.max(1, Math.floor(limits.concurrency * (1 - keptBack(kind)))))

  const windowsOf = (cost: RequestCost) => windows.filter(({ counts }) => isLimited && counts(cost) > 0)

  return {
    opening(cost, kind, now) {
      if (isFull(kind)) return { at: Number.POSITIVE_INFINITY, why: 'since enough requests are under way' }
      const spaced = windowsOf(cost).map((window) => window.when(now, window.counts(cost), share(window, kind, now)))
      return latest([
        { at: quiet.until, why: 'since GitHub asked to slow down' },
        { at: primaryOf(cost.resource).when(now, keptBack(kind)), why: whyPrimary(kind) },
        { at: Math.max(now, ...spaced), why: "to stay within GitHub's secondary rate limits" },
      ])
    },
    every(cost, kind, now) {
      const each = windowsOf(cost).map(
        (window) => (window.counts(cost) * window.spanMs) / (window.most * share(window, kind, now)),
      )
      return Math.ceil(Math.max(0, ...each))
    },
    begin(cost, now) {
      running++
      primaryOf(cost.resource).begin()
      for (const { counts, begin } of windows) if (counts(cost) > 0) begin(now, counts(cost))
    },
    end(cost, begunAt, heard, now) {
      running--
      primaryOf(cost.resource).end()
      for (const { counts, end } of windows) if (counts(cost) > 0) end(now, counts(cost))
      const said = primaryIn(heard?.headers ?? {})
      if (said) primaryOf(said.resource).hear(said, now)
      const limit = heard?.facts ? limitIn(heard.facts) : null
      if (limit === 'primary') return primaryOf(said?.resource ?? cost.resource).usedUp(now, untilIn(heard, now))
      if (limit === 'secondary') quiet.refused(now, begunAt, retryAfterIn(heard?.headers ?? {}))
      else if (heard) quiet.passed(begunAt)
      if (heard && !heard.facts) isLimited = said !== null || quiet.pace(now) < 1
      return limit ? quiet.until : null
    },
    states: (now) =>
      [...primaries].map(([resource, primary]) => {
        const blocked = Math.max(quiet.until, primary.when(now, 0))
        return { resource, ...primary.state(now), blockedUntil: blocked > now ? blocked : null }
      }),
  }
}

const whyPrimary = (kind: Purpose['kind']) =>
  kind === 'live'
    ? "since GitHub's hourly rate limit is used up"
    : "since what is left of GitHub's hourly rate limit is kept for live events"

const latest = (openings: readonly Opening[]) => openings.reduce((last, next) => (next.at > last.at ? next : last))

function untilIn(heard: Heard | null, now: number): number | null {
  const headers = heard?.headers ?? {}
  const wait = retryAfterIn(headers)
  return wait === null ? resetIn(headers) : now + wait
}
