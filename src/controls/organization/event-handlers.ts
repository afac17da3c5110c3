import { defineControl } from '../../model/control-type.ts'
import type { Resource } from '../../model/resource.ts'
import type { Evidence, Verdict } from '../../model/verdict.ts'
import { alarm, error, ok, tbd } from '../../model/verdict.ts'
import { isWebhookEvent, organizationHookEvents } from '../../model/webhook-event.ts'
import type { ConnectionData } from '../../resources/connection.ts'
import { resourceTypes } from '../../resources/index.ts'
import type { OrganizationData } from '../../resources/organization.ts'
import { judgeAppHook, mendAppHook } from './event-handlers/app-hook.ts'
import type { Finding, Wanted } from './event-handlers/finding.ts'
import { judgeCoverage, judgeInstallation } from './event-handlers/installation.ts'
import {
  judgeNoOrganizationHook,
  judgeOrganizationHook,
  mendOrganizationHooks,
} from './event-handlers/organization-hook.ts'
import { judgePath, silences } from './event-handlers/path-health.ts'
import { judgePermissions } from './event-handlers/permissions.ts'
import { judgeToken } from './event-handlers/token.ts'

export interface EventHandlersValues {
  source: 'GitHub App' | 'Organization webhook'
  events: readonly string[]
  silenceAlarm: string
}

/** How often GitHub is asked though nothing was heard: taking a permission away tells nobody. In milliseconds. */
const rhythm = 600_000

const path = 'GitHub > Organization > Event Handlers'

/** The first promise: do the events of the organization really arrive, and if not, what is to blame. */
export const eventHandlers = defineControl<OrganizationData, { connection: ConnectionData }, EventHandlersValues>({
  path,
  title: 'The events of the organization reach Guardpost.',
  risk: 'Changes go unheard, and every other control may be judging the state of yesterday.',
  target: 'GitHub > Organization',
  related: { connection: 'GitHub > Connection' },
  reads: [],
  wanted: ['Enabled', 'Disabled'],
  default: 'Check: Enabled',
  subPolicies: {
    source: {
      path: `${path} > Source`,
      question: 'Which webhook brings the events.',
      kind: 'choice',
      values: ['GitHub App', 'Organization webhook'],
      default: ({ kind }) => (kind === 'app' ? 'GitHub App' : 'Organization webhook'),
    },
    events: {
      path: `${path} > Events`,
      question: 'Which events the organization webhook subscribes to.',
      kind: 'list',
      values: resourceEvents(),
      default: resourceEvents,
    },
    silenceAlarm: {
      path: `${path} > Silence Alarm`,
      question: 'How long a silence is an Alarm by itself, even though nothing says that anything was lost.',
      kind: 'choice',
      values: Object.keys(silences),
      default: () => 'Never',
    },
  },
  mendsOurOwn: true,
  needs: {
    check: { organization_hooks: 'write' },
    why: 'so that the organization’s webhook can be made, pinged and mended',
  },
  advice:
    'Open the page that the finding names and accept or request what is missing there. ' +
    'To have the webhook made and kept right, set this policy to `Enforce: Enabled`.',

  evaluate({ resource, related, wanted, values, now }): Verdict {
    const facts = related.connection
    const recheckAt = now + rhythm
    const evidence = judgeReading(facts)
    if (facts?.refusal) return error(facts.refusal.reason, { evidence, diagnoses: [facts.refusal], recheckAt })
    if (!facts?.data.kind || !facts.data.status) return tbd('The connection has not been read yet.', { recheckAt })
    const found = eventHandlersFindings(facts.data, wanted, wantedBy(values, now), resource.data.url)
    return sum(wanted, [...found, ...evidence], now)
  },

  async enforce({ related, wanted, values, now, ...means }) {
    const { data: facts, refusal } = related.connection ?? {}
    if (facts?.status !== 'active' || refusal) return
    const asked = wanted === 'Enabled' ? wantedBy(values, now) : null
    if (asked?.source === 'GitHub App') await mendAppHook(facts, means)
    await mendOrganizationHooks(facts, asked?.source === 'Organization webhook' ? asked : null, now, means)
  },
})

/** How old what is judged by is, also where it could not be read again. */
const judgeReading = (facts: Pick<Resource, 'readAt'> | null): Finding[] =>
  facts?.readAt
    ? [{ about: 'Read from GitHub', found: `at ${new Date(facts.readAt).toISOString()}`, state: 'ok', volatile: true }]
    : []

function resourceEvents(): readonly string[] {
  const named = resourceTypes.flatMap((type) => Object.keys(type.fromEvent).filter(isWebhookEvent))
  return organizationHookEvents([...new Set(named)])
}

export const wantedBy = (values: EventHandlersValues, now: number): Wanted => ({
  ...values,
  events: [...new Set(values.events.filter(isWebhookEvent))],
  now,
})

/** Who wants no events is not told that some do not arrive. */
export function eventHandlersFindings(
  facts: Partial<ConnectionData>,
  wanted: string,
  asked: Wanted,
  organizationUrl: string | undefined,
): Finding[] {
  const isEnabled = wanted === 'Enabled'
  const standing = [
    ...judgeInstallation(facts),
    ...(isEnabled ? judgeCoverage(facts) : []),
    ...judgePermissions(facts, isEnabled ? asked.source : null),
    ...judgeToken(facts, organizationUrl, asked.now),
  ]
  if (facts.status !== 'active') return standing
  if (!isEnabled) return [...standing, ...judgeNoOrganizationHook(facts)]
  const path = judgePath(facts, asked, organizationUrl)
  return asked.source === 'GitHub App'
    ? [...standing, ...judgeAppHook(facts), ...judgeNoOrganizationHook(facts), ...path]
    : [...standing, ...judgeOrganizationHook(facts, asked), ...path]
}

const severity = ['error', 'alarm', 'tbd', 'ok'] as const

/** The gravest finding gives the state; all of that gravity give the reason. */
function sum(wanted: string, found: readonly Finding[], now: number): Verdict {
  const state = severity.find((grave) => found.some((finding) => finding.state === grave)) ?? 'ok'
  const evidence: Evidence[] = found.map(({ diagnosis: _, recheckAt: __, ...seen }) => seen)
  const diagnoses = found.flatMap(({ diagnosis }) => diagnosis ?? [])
  const recheckAt = Math.min(now + rhythm, ...found.flatMap((finding) => finding.recheckAt ?? []))
  const details = { evidence, diagnoses, recheckAt }
  if (state === 'ok') return ok(wanted === 'Disabled' ? 'Not configured' : 'Configured', details)
  const reason = found
    .filter((finding) => finding.state === state)
    .map((finding) => finding.diagnosis?.reason ?? `${finding.about}: ${finding.found}.`)
    .join(' ')
  return { error, alarm, tbd }[state](reason, details)
}
