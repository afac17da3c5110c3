import { satisfies } from '../../src/model/permission.ts'
import type { Evidence } from '../../src/model/verdict.ts'
import { falsePath } from './path-oracle.ts'
import { type PublishedRun, timeIn } from './published-run.ts'
import { falseRefusal } from './refusal-oracle.ts'
import { during, type HookState, type Truth, type Window } from './truth.ts'

/**
 * What is wrong with a judgement of Event Handlers; empty when nothing is. OK needs everything that makes it healthy to
 * have been so at some moment of the window. What is Alarm or Error needs each thing that it names to have been so.
 * Nothing wrong is said by TBD.
 */
export function falseEventHandlers(truth: Truth, run: PublishedRun): string[] {
  const { verdict, kind, organization, startedAt, endedAt } = run
  const window = { from: timeIn(verdict, 'Read from GitHub') ?? startedAt, to: endedAt }
  if (verdict.state === 'tbd') return []
  const unread = isBacked(truth, run, window) ? [] : ['GitHub was not read when it says it was']
  if (verdict.state === 'ok')
    return [...unread, ...(kind === 'app' ? unhealthyApp(truth, window) : unhealthyHook(truth, organization, window))]
  const bad = verdict.evidence.filter(({ state }) => state === 'alarm' || state === 'error')
  const claims = bad.flatMap((line) => falseClaim(truth, run, line, window) ?? [])
  const refusals = verdict.diagnoses
    .filter(({ code }) => code !== 'undelivered')
    .flatMap((diagnosis) => falseRefusal(truth, diagnosis, window) ?? [])
  const nothing = bad.length + verdict.diagnoses.length === 0 ? [`${verdict.state} without a reason`] : []
  return [...unread, ...claims, ...refusals, ...nothing]
}

const readings = { app: 'GET /app/installations/{installation_id}', token: 'GET /user' } as const

/** An answer without any is not a reading; that a good one was spoiled on its way shows in what is claimed by it. */
const isBacked = ({ asked }: Truth, { kind, verdict }: PublishedRun, { from, to }: Window): boolean =>
  timeIn(verdict, 'Read from GitHub') === undefined ||
  asked.some(
    ({ at, request: { route, status } }) =>
      route === readings[kind] && at >= from && at <= to && (status === 200 || status === 304),
  )

function unhealthyApp({ history, app }: Truth, window: Window): string[] {
  const installation = during(history.installations.get(app.installationId), window)
  const hook = during(history.hooks.get(app.hookId), window)
  const ever = (what: string, was: boolean) => (was ? [] : [`OK, and ${what} never`])
  return [
    ...ever(
      'installed and active',
      installation.some((state) => state !== null && !state.suspended),
    ),
    ...ever(
      'covering all repositories',
      installation.some((state) => state?.repositorySelection === 'all'),
    ),
    ...Object.entries(app.permissions).flatMap(([key, level]) =>
      ever(
        `\`${key}\` granted`,
        installation.some((state) => satisfies(state?.permissions[key], level)),
      ),
    ),
    ...app.events.flatMap((event) =>
      ever(
        `\`${event}\` subscribed to`,
        installation.some((state) => state?.events.includes(event)),
      ),
    ),
    ...ever(
      'the URL right',
      hook.some((state) => state?.config.url === app.hookUrl),
    ),
    ...ever(
      'the content type JSON',
      hook.some((state) => state?.config.contentType === 'json'),
    ),
    ...ever(
      'SSL verified',
      hook.some((state) => state?.config.insecureSsl === '0'),
    ),
  ]
}

/** Of the webhooks of an organization, one has to have been right in every respect, each at some moment. */
function unhealthyHook(truth: Truth, organization: string, window: Window): string[] {
  const respects: Readonly<Record<string, (state: HookState) => boolean>> = hookRespects(truth)
  const missing = (truth.hooksOf.get(organization) ?? []).map((id) => {
    const states = during(truth.history.hooks.get(id), window)
    const isMet = (isRight: (state: HookState) => boolean) => states.some((state) => state !== null && isRight(state))
    const lacks = Object.entries(respects).filter(([, isRight]) => !isMet(isRight))
    const secretIsUntold = isUntold(truth, id, window)
    return lacks.map(([respect]) => respect).filter((respect) => respect !== 'Webhook secret' || !secretIsUntold)
  })
  if (missing.some((lacks) => lacks.length === 0)) return []
  return [`OK, and no webhook was right: ${JSON.stringify(missing)}`]
}

/**
 * GitHub shows no secret, and when a webhook was changed to the second only: what was changed in the very second in which
 * it delivered well is told by nothing until it delivers again.
 */
function isUntold({ history, log }: Truth, id: number, { from }: Window): boolean {
  const changed = history.hooks.get(id)?.findLast(({ at }) => at < from)
  const second = (at: number) => Math.floor(at / 1_000)
  return log(id).some(
    ({ status, deliveredAt }) => status === 'OK' && changed && second(deliveredAt) === second(changed.at),
  )
}

const hookRespects = ({ hookUrls, secrets }: Truth) => ({
  Webhook: ({ active }: HookState) => active,
  'Webhook URL': ({ config }: HookState) => config.url.startsWith(hookUrls),
  'Webhook content type': ({ config }: HookState) => config.contentType === 'json',
  'Webhook SSL verification': ({ config }: HookState) => config.insecureSsl === '0',
  'Webhook events': ({ events }: HookState) => events.includes('repository') && events.includes('push'),
  'Webhook secret': ({ config }: HookState) => secrets.has(config.secret ?? ''),
})

const hooksDuring = ({ history, hooksOf }: Truth, organization: string, window: Window) =>
  (hooksOf.get(organization) ?? []).map((id) => during(history.hooks.get(id), window))

/** Why something that was found wanting was not so; null where it was. */
function falseClaim(truth: Truth, run: PublishedRun, line: Evidence, window: Window): string | null {
  const { about, found } = line
  const { history, app } = truth
  const never = (was: boolean) => (was ? null : `“${about}: ${found}”, and that was never so`)
  const installation = during(history.installations.get(app.installationId), window)
  const appHook = during(history.hooks.get(app.hookId), window)
  const hooks = hooksDuring(truth, run.organization, window)
  const [, permission] = /^Permission `(.+)`$/.exec(about) ?? []
  const [, event] = /^Event `(.+)`$/.exec(about) ?? []
  if (permission)
    return never(installation.some((state) => (state?.permissions[permission] ?? 'not granted') === found))
  if (event) return never(installation.some((state) => !state?.events.includes(event)))
  const wrongInSomeHook = (isRight: (state: HookState) => boolean) =>
    never(hooks.some((states) => states.some((state) => state !== null && !isRight(state))))
  const respects: Readonly<Record<string, (state: HookState) => boolean>> = hookRespects(truth)
  const respect = respects[about]
  if (about === 'Webhook secret' && found.startsWith('not proved')) return falsePath(truth, run, line, window)
  if (respect) return wrongInSomeHook(respect)
  switch (about) {
    case 'Installation':
      return never(
        installation.some((state) => (state === null ? 'uninstalled' : state.suspended && 'suspended') === found),
      )
    case 'Webhook URL of the App':
      return never(appHook.some((state) => state?.config.url === found && found !== app.hookUrl))
    case 'Webhook content type of the App':
      return never(appHook.some((state) => state?.config.contentType === found && found !== 'json'))
    case 'Webhook SSL verification of the App':
      return never(appHook.some((state) => state?.config.insecureSsl === '1'))
    case 'Organization webhook':
      return falseNumberOfHooks(truth, run.organization, found, window)
    default:
      // A refusal is judged by its diagnosis.
      if (about.startsWith('Call ') || (found === 'refused' && run.verdict.diagnoses.length > 0)) return null
      return falsePath(truth, run, line, window)
  }
}

/** How many webhooks the organization had, at each moment that something changed. */
function falseNumberOfHooks(truth: Truth, organization: string, found: string, window: Window): string | null {
  const ids = truth.hooksOf.get(organization) ?? []
  const moments = ids.map((id) => truth.history.hooks.get(id) ?? [])
  const times = [window.from - 1, ...moments.flat().map(({ at }) => at)].filter(
    (at) => at >= window.from - 1 && at <= window.to,
  )
  const counts = times.map((at) => moments.filter((its) => its.findLast((moment) => moment.at <= at)?.state).length)
  const wasSo = counts.some((count) => (found === 'missing' ? count === 0 : count > 1))
  return wasSo ? null : `“Organization webhook: ${found}”, and there were always ${[...new Set(counts)].join(', ')}`
}
