import type { Diagnosis, Remedy } from '../../../model/diagnosis.ts'
import { type PermissionLevel, permissionsOf, satisfies } from '../../../model/permission.ts'
import { appSubscriptions, needsOfEvent, type WebhookEvent } from '../../../model/webhook-event.ts'
import type { ConnectionData } from '../../../resources/connection.ts'
import type { Finding, Wanted } from './finding.ts'

type Facts = Partial<ConnectionData>

/**
 * Needed against requested against granted. Of an App the three lists are known before any call fails; of a token only
 * its scopes and the refusals it met. The events are of interest where the App is to bring them.
 */
export function judgePermissions(facts: Facts, source: Wanted['source'] | null): Finding[] {
  if (facts.status === 'uninstalled') return []
  const compared =
    facts.kind === 'token' ? [] : [...judgeGranted(facts), ...(source === 'GitHub App' ? judgeEvents(facts) : [])]
  const named = new Set(compared.flatMap(({ diagnosis }) => diagnosis?.missing?.key ?? []))
  return [...compared, ...judgeRefusals(facts).filter(({ diagnosis }) => !named.has(diagnosis?.missing?.key ?? ''))]
}

function judgeGranted(facts: Facts): Finding[] {
  const { needs, granted } = facts
  if (!needs || !granted) return [{ about: 'Permissions', found: 'not known', state: 'tbd' }]
  return Object.entries(permissionsOf(needs))
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, needed]): Finding => {
      const about = `Permission \`${key}\``
      const found = granted[key] ?? 'not granted'
      if (satisfies(granted[key], needed)) return { about, found, wanted: needed, state: 'ok' }
      const why = needs.filter(({ permission }) => permission === key).map((need) => need.why)
      const diagnosis = missingPermission(facts, { key, needed, why: [...new Set(why)].join(', ') })
      return { about, found, wanted: needed, state: 'error', diagnosis }
    })
}

/** What is needed against what is requested and granted, and who mends it where. */
export function missingPermission(
  facts: Facts,
  { key, needed, why }: { key: string; needed: PermissionLevel; why: string },
): Diagnosis {
  const requested = facts.requested?.[key]
  const isRequested = satisfies(requested, needed)
  const named = `\`${key}: ${needed}\``
  return {
    code: isRequested ? 'permission-not-granted' : 'permission-not-requested',
    reason: `The permission ${named} is ${isRequested ? 'not granted' : 'not requested by the App'}.`,
    missing: { key, needed, requested: requested ?? null, granted: facts.granted?.[key] ?? null, why },
    remedy: isRequested ? acceptance(facts, named) : request(facts, named),
  }
}

/** An event whose permission is missing is not sent either: the permission alone is named. */
function judgeEvents(facts: Facts): Finding[] {
  const { granted = {}, neededEvents, grantedEvents, requestedEvents = [] } = facts
  if (!neededEvents || !grantedEvents) return [{ about: 'Events', found: 'not known', state: 'tbd' }]
  const may = (event: WebhookEvent) =>
    needsOfEvent(event).every(({ permission, level }) => satisfies(granted[permission], level))
  return appSubscriptions(neededEvents)
    .filter(may)
    .map((event): Finding => {
      const about = `Event \`${event}\``
      if (grantedEvents.includes(event)) return { about, found: 'subscribed', state: 'ok' }
      const isRequested = requestedEvents.includes(event)
      const diagnosis: Diagnosis = {
        code: isRequested ? 'event-not-granted' : 'event-not-requested',
        reason: `The event \`${event}\` is ${isRequested ? 'not accepted by the installation' : 'not subscribed to by the App'}.`,
        missing: { key: event, needed: null },
        remedy: isRequested ? acceptance(facts, `the event \`${event}\``) : request(facts, `the event \`${event}\``),
      }
      return { about, found: 'not subscribed', wanted: 'subscribed', state: 'error', diagnosis }
    })
}

function judgeRefusals({ refusals }: Facts): Finding[] {
  if (!refusals) return [{ about: 'Calls to GitHub', found: 'not known', state: 'tbd' }]
  return refusals.map((diagnosis) => ({
    about: diagnosis.call ? `Call \`${diagnosis.call}\`` : 'Call to GitHub',
    found: 'refused',
    state: 'error',
    diagnosis,
  }))
}

const acceptance = ({ login, installationUrl }: Facts, what: string): Remedy => ({
  who: `an owner of ${login}`,
  action: `Review the request of the App and accept ${what}.`,
  ...(installationUrl && { url: `${installationUrl}/permissions/update` }),
})

const request = ({ appOwner, appSettingsUrl }: Facts, what: string): Remedy => ({
  who: `the owner of the App, ${appOwner}`,
  action: `Add ${what} to what the App asks for; then an owner of the organization accepts it.`,
  ...(appSettingsUrl && { url: appSettingsUrl }),
})
