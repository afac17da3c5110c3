import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { Evidence } from '../../../model/verdict.ts'
import type { WebhookEvent } from '../../../model/webhook-event.ts'

/** One thing that Event Handlers looked at. */
export interface Finding extends Evidence {
  readonly diagnosis?: Diagnosis
  /** Look again then, in milliseconds. */
  readonly recheckAt?: number
}

/** What the sub-policies ask for. */
export interface Wanted {
  readonly source: 'GitHub App' | 'Organization webhook'
  readonly events: readonly WebhookEvent[]
  /** A length of silence, or `Never`. */
  readonly silenceAlarm: string
  readonly now: number
}

/** An Alarm where `found` is not `wanted`. */
export function same(about: string, found: string, wanted: string): Finding {
  return { about, found, wanted, state: found === wanted ? 'ok' : 'alarm' }
}
