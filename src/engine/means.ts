import type { Clock } from '../model/clock.ts'
import type { GitHubClients } from '../model/github.ts'
import type { Meter } from '../model/meter.ts'
import type { PolicyFilesReporter } from '../model/policy-files-reporter.ts'
import type { Reporter } from '../model/reporter.ts'
import type { Retention } from '../model/retention.ts'
import type { Store } from '../model/store.ts'
import type { IntakeLimits } from './intake.ts'

/** As pino's, as far as the engine speaks. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Where Guardpost is reached from outside. */
export interface Addresses {
  /** Of GitHub's API, e.g. `https://api.github.com`. */
  readonly github: string
  /** Where the webhook of the App shall point. */
  readonly appHook: string
  /** Where an organization webhook of ours points; with an empty id, what all of them begin with. */
  readonly hook: (id: string) => string
  /** The webhook proxy that both are on; null: GitHub reaches us itself. */
  readonly proxy: string | null
  /** A control's own page; null when nobody outside could open it. */
  readonly control: (id: number) => string | null
}

/** All that the engine works with, handed to it by compose.ts. */
export interface Means {
  readonly store: Store
  readonly clients: GitHubClients
  readonly reporters: readonly Reporter[]
  readonly policyFilesReporter: PolicyFilesReporter
  readonly addresses: Addresses
  readonly appWebhookSecret: string | null
  readonly clock: Clock
  /** A random number in [0, 1), to spread retries. */
  readonly random: () => number
  readonly log: Log
  readonly meter: Meter
  /** How much may wait before deliveries are refused. */
  readonly intakeLimits: IntakeLimits
  readonly keep: Retention
}
