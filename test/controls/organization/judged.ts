import { type EventHandlersValues, eventHandlers } from '../../../src/controls/organization/event-handlers.ts'
import type { Resource } from '../../../src/model/resource.ts'
import type { Verdict } from '../../../src/model/verdict.ts'
import type { ConnectionData } from '../../../src/resources/connection.ts'
import type { OrganizationData } from '../../../src/resources/organization.ts'
import { resourceOf } from '../resource.ts'
import { hookEvents, now } from './facts.ts'

export interface Asked extends Partial<EventHandlersValues> {
  readonly wanted?: 'Enabled' | 'Disabled'
  readonly now?: number
}

/** What the control is given, by the facts of a connection (null: there is none yet) and what the policies ask. */
export function inputOf(facts: Partial<ConnectionData> | null, asked: Asked = {}, more: Partial<Resource> = {}) {
  const { wanted = 'Enabled', now: at = now, ...values } = asked
  const source = facts?.kind === 'token' ? 'Organization webhook' : 'GitHub App'
  return {
    resource: resourceOf<OrganizationData>('GitHub > Organization', { login: 'acme', url: 'https://github.com/acme' }),
    related: { connection: facts && resourceOf<ConnectionData>('GitHub > Connection', facts, more) },
    wanted,
    values: { source, events: hookEvents, silenceAlarm: 'Never', ...values } as const,
    plan: null,
    now: at,
  }
}

export const judged = (...given: Parameters<typeof inputOf>): Verdict => eventHandlers.evaluate(inputOf(...given))

/** Evidence in one line each, without what differs at every look. */
export const seen = ({ evidence }: Verdict): string[] =>
  evidence
    .filter(({ volatile }) => !volatile)
    .map(
      ({ about, found, wanted, state }) => `${state}: ${about}: ${found}${wanted === undefined ? '' : ` (${wanted})`}`,
    )
