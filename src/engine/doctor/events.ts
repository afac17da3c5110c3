import { eventHandlers, eventHandlersFindings, wantedBy } from '../../controls/organization/event-handlers.ts'
import type { Connection } from '../../model/connection.ts'
import { live } from '../../model/github.ts'
import { parseMode } from '../../policies/mode.ts'
import { type ConnectionData, connectionNodeId, connection as connectionType } from '../../resources/connection.ts'
import type { Means } from '../means.ts'
import { organizationPolicies } from '../organization-policies.ts'
import { readContext } from '../read-context.ts'
import { operator, orRefused, type Symptom } from './symptom.ts'

/**
 * The installation or token, permissions needed against requested against granted, webhooks and the delivery log, all asked
 * of GitHub now, and judged as Event Handlers judges them. Nothing is recorded.
 */
export function examineEvents(means: Means, connection: Connection): Promise<Symptom[]> {
  return orRefused('Connection', async () => {
    const context = await readContext(means, connection, live('doctor'), connectionType.type)
    if (!context) return [noCredential(connection)]
    const [seen] = await connectionType.read(context, [connectionNodeId(connection.organizationNodeId)])
    if (seen?.kind !== 'seen') return [{ about: 'Connection', found: 'GitHub does not show it', level: 'unknown' }]
    return judge(means, connection, seen.data)
  })
}

async function judge({ store, clock }: Means, connection: Connection, facts: Partial<ConnectionData>) {
  const root = await store.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId)
  const now = clock()
  const { valueFor: answerTo } = await organizationPolicies(store, connection, now)
  const { source, events, silenceAlarm } = eventHandlers.subPolicies
  const wanted = wantedBy(
    {
      source: answerTo(source) === 'GitHub App' ? 'GitHub App' : 'Organization webhook',
      events: [answerTo(events)].flat(),
      silenceAlarm: String(answerTo(silenceAlarm)),
    },
    now,
  )
  // A policy that says Skip asks nobody to judge; whoever asks the doctor wants to know.
  const asked = parseMode(answerTo(eventHandlers.policy))?.wanted === 'Disabled' ? 'Disabled' : 'Enabled'
  const url = typeof root?.data.url === 'string' ? root.data.url : undefined
  return eventHandlersFindings(facts, asked, wanted, url).map(symptomOf)
}

type Judged = ReturnType<typeof eventHandlersFindings>[number]

function symptomOf({ about, found, wanted, state, diagnosis }: Judged): Symptom {
  if (state === 'ok') return { about, found, level: 'ok' }
  if (state === 'tbd') return { about, found, level: 'unknown' }
  const { missing, reason, remedy } = diagnosis ?? {}
  const said = reason ?? (wanted ? `${found}, but wanted is ${wanted}` : found)
  return {
    about,
    found: missing?.why ? `${said} It is needed ${missing.why}.` : said,
    level: 'wrong',
    remedy: remedy ?? { who: operator, action: eventHandlers.advice },
  }
}

const noCredential = ({ kind, login }: Connection): Symptom => ({
  about: 'Credential',
  found: kind === 'app' ? 'no App is configured here' : 'there is no token any more',
  level: 'wrong',
  remedy: {
    who: operator,
    action:
      kind === 'app'
        ? 'Set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET of the App.'
        : `Connect again: \`guardpost connect https://…/${login} --token-stdin\`.`,
  },
})
