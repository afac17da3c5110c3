import type { Diagnosis, Remedy } from '../../../model/diagnosis.ts'
import { appHookId } from '../../../model/hook.ts'
import type { PathCounts, PathHealth, PathRun } from '../../../resources/connection/path-health.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import type { Finding, Wanted } from './finding.ts'

type Facts = Partial<ConnectionData>

const hour = 3_600_000

/** How long nothing may be heard, by the answers of the policy, in milliseconds. */
export const silences: Readonly<Record<string, number>> = {
  Never: Number.POSITIVE_INFINITY,
  '1 hour': hour,
  '6 hours': 6 * hour,
  '1 day': 24 * hour,
  '7 days': 168 * hour,
}

/** So many attempts in a row decide. */
const row = 3
/** Among successes, failures are an Alarm from so many within an hour, and such a share of all. */
const failuresOfHour = 5
const shareOfHour = 0.5
/** GitHub holding back so many deliveries within an hour is an Alarm. */
const throttledOfHour = 3
/** Reading back what was lost may take so long without being an Alarm, in milliseconds. */
const slow = hour
/** What the log said longer ago says nothing of today, in milliseconds. */
const outdated = 6 * hour

/** Whether what GitHub sends by the hook that the Source names arrives. */
export function judgePath(facts: Facts, wanted: Wanted, organizationUrl: string | undefined): Finding[] {
  const hook = hookOf(facts, wanted, organizationUrl)
  if (!hook) return []
  const health = facts.path?.find(({ hookId }) => hookId === hook.id)
  if (!health || health.readAt === null)
    return [{ about: 'Delivery log of GitHub', found: 'not read yet', state: 'tbd' }]
  return [
    judgeLog(facts, health, wanted.now),
    judgeFailures(health, hook),
    judgeSwallowed(health, hook),
    judgeThrottling(health, hook),
    judgeLost(health, hook, wanted.now),
    ...judgeSilence(health, hook, wanted),
    ...evidence(health),
  ]
}

/** A hook, and who looks after its deliveries where. */
interface Path {
  readonly id: string
  readonly who: string
  readonly page: string | null
}

function hookOf(facts: Facts, { source }: Wanted, organizationUrl: string | undefined): Path | null {
  const { kind, login, appOwner, appSettingsUrl, hooks = [] } = facts
  if (source === 'GitHub App') {
    const page = appSettingsUrl?.replace(/\/permissions$/, '/advanced') ?? null
    return kind === 'app' ? { id: appHookId, who: `the owner of the App, ${appOwner}`, page } : null
  }
  const own = hooks.find(({ ourId }) => ourId !== null)
  if (!own?.ourId) return null
  const page = organizationUrl
    ? `${new URL(organizationUrl).origin}/organizations/${login}/settings/hooks/${own.githubId}`
    : null
  return { id: own.ourId, who: `an owner of ${login}`, page }
}

function judgeLog({ refusals = [] }: Facts, { refusal, readAt }: PathHealth, now: number): Finding {
  const about = 'Delivery log of GitHub'
  if (refusal) {
    const isSaid = refusals.some(({ call }) => call === refusal.call)
    return { about, found: 'refused', state: 'error', ...(!isSaid && { diagnosis: refusal }) }
  }
  const found = `read at ${iso(readAt ?? 0)}`
  return now - (readAt ?? 0) > outdated
    ? { about, found: `last ${found}`, wanted: 'every few minutes', state: 'tbd' }
    : { about, found, state: 'ok', volatile: true }
}

function judgeFailures({ failing, hour: last, isSteady }: PathHealth, path: Path): Finding {
  const about = 'Deliveries answered'
  if (failing && failing.count >= row)
    return undelivered(
      about,
      `all failed since ${iso(failing.since)}`,
      `Nothing that GitHub sends gets through: every delivery since ${iso(failing.since)} failed (${failing.said.join('; ')}).`,
      remedy(path, 'See that Guardpost runs and can be reached from outside; then redeliver what failed'),
    )
  if (!isSteady && last.failed >= failuresOfHour && last.failed >= last.sent * shareOfHour)
    return undelivered(
      about,
      'half or more failed within an hour',
      'Half or more of what GitHub sent within the last hour did not get through.',
      remedy(path, 'See what the failed deliveries were answered; then redeliver them'),
    )
  return { about, found: 'no run of failures', state: 'ok' }
}

function judgeSwallowed({ swallowed }: PathHealth, path: Path): Finding {
  const about = 'Deliveries arrived'
  if (!swallowed) return { about, found: 'none answered elsewhere', state: 'ok' }
  return undelivered(
    about,
    `answered elsewhere since ${iso(swallowed.since)}`,
    `Somebody else answers in our place: GitHub’s log says “OK” for every delivery since ${iso(swallowed.since)} (${swallowed.said.join('; ')}), and none of them came here.`,
    remedy(
      path,
      'See where the address of the webhook leads (DNS, proxy, load balancer); then redeliver what is missing',
    ),
  )
}

function judgeThrottling({ hour: { throttled } }: PathHealth, path: Path): Finding {
  const about = 'Deliveries held back by GitHub'
  if (throttled < throttledOfHour) return { about, found: 'none to speak of', state: 'ok' }
  return undelivered(
    about,
    `${throttledOfHour} or more within an hour`,
    `GitHub held deliveries back ${throttledOfHour} times or more within the last hour: events come late.`,
    remedy(path, 'See which events are so many, and subscribe to fewer; what is late comes by itself'),
  )
}

/** What was lost is read back from GitHub's log; as long as it is not, the record may be behind. */
function judgeLost(
  { lost: { count, since } = { count: 0, since: null } }: PathHealth,
  path: Path,
  now: number,
): Finding {
  const about = 'Deliveries lost'
  if (count === 0 || since === null) return { about, found: 'none that is not read back', state: 'ok' }
  const found = `${count} not yet read back from GitHub’s log, the first of ${iso(since)}`
  if (now - since < slow) return { about, found, state: 'tbd', recheckAt: since + slow }
  return undelivered(
    about,
    found,
    `${count} that did not arrive could not be read back from GitHub’s log yet, the first of ${iso(since)}: what is recorded may be older.`,
    remedy(path, 'See by `guardpost jobs` what keeps them from being read; or redeliver them'),
  )
}

/** Quiet is no fault unless the policy says that it is. */
function judgeSilence({ lastHeard, since }: PathHealth, path: Path, { silenceAlarm, now }: Wanted): Finding[] {
  const longest = silences[silenceAlarm] ?? Number.POSITIVE_INFINITY
  if (longest === Number.POSITIVE_INFINITY) return []
  const about = 'Silence'
  const wanted = `less than ${silenceAlarm}`
  const last = lastHeard?.at ?? since
  const recheckAt = last + longest
  if (now < recheckAt) return [{ about, found: wanted, state: 'ok', recheckAt }]
  const heard = lastHeard
    ? `Nothing has been heard since ${iso(last)}`
    : `Nothing has been heard yet, since ${iso(last)}`
  return [
    {
      ...undelivered(
        about,
        `since ${iso(last)}`,
        `${heard}; the policy calls ${silenceAlarm} of silence an Alarm.`,
        remedy(
          path,
          'See whether anything was sent; if the organization is but quiet, set `Silence Alarm` to a longer time',
        ),
      ),
      wanted,
    },
  ]
}

function undelivered(about: string, found: string, reason: string, mend: Remedy): Finding {
  const diagnosis: Diagnosis = { code: 'undelivered', reason, remedy: mend }
  return { about, found, state: 'alarm', diagnosis }
}

const remedy = ({ who, page }: Path, action: string): Remedy => ({
  who,
  action: `${action} (page “Recent deliveries” of the webhook).`,
  ...(page && { url: page }),
})

/** Figures that differ at every look, so that they are no reason to report again. */
function evidence({ day, events, lastHeard, failing, swallowed, unreadable }: PathHealth): Finding[] {
  const seen = (about: string, found: string): Finding => ({ about, found, state: 'ok', volatile: true })
  const delay = lastHeard?.delay == null ? '' : `, ${lastHeard.delay / 1_000} s after it was sent`
  return [
    seen('Last event heard', lastHeard ? `\`${lastHeard.event}\` at ${iso(lastHeard.at)}${delay}` : 'none yet'),
    seen('Deliveries of 24 hours', inWords(day)),
    ...Object.entries(events).map(([event, counts]) => seen(`Deliveries of \`${event}\``, inWords(counts))),
    ...(unreadable ? [seen('Deliveries that GitHub no longer shows', `${unreadable}; read anew instead`)] : []),
    ...(failing ? [seen('Newest failures', listed(failing))] : []),
    ...(swallowed ? [seen('Newest answered elsewhere', listed(swallowed))] : []),
  ]
}

const inWords = ({ sent, failed, readBack, missing }: PathCounts): string =>
  [
    `${sent} sent`,
    `${failed} failed`,
    ...(readBack ? [`${readBack} read back from the log`] : []),
    `${missing} missing here`,
  ].join(', ')

const listed = ({ newest, count }: PathRun): string =>
  [
    ...newest.map(({ at, event, said }) => `${iso(at)} \`${event}\` ${said}`),
    ...(count > newest.length ? [`and ${count - newest.length} before`] : []),
  ].join(', ')

const iso = (time: number): string => new Date(time).toISOString()
