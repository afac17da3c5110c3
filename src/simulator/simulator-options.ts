import type { SeenRequest } from './http/seen-request.ts'
import type { LimitOptions } from './limits/options.ts'
import type { Flavour } from './world.ts'

export interface SimulatorOptions {
  readonly flavour: Flavour
  /**
   * Host name → `http://127.0.0.1:1234`: what the simulated internet's DNS and TLS say. A hook to any other host is
   * delivered nowhere.
   */
  readonly resolve?: Readonly<Record<string, string>> | undefined
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly clock?: (() => number) | undefined
  /** Sees every request before it is answered; when it throws, the answer is 500 and the error stands in `judged`. */
  readonly onRequest?: ((request: SeenRequest) => void | Promise<void>) | undefined
  /** Limits that differ from GitHub's own; a GHES has none but these. */
  readonly limits?: Partial<LimitOptions> | undefined
  /** Numbers in [0, 1) for the chances of faults; by default the same in each run. */
  readonly random?: (() => number) | undefined
  /** Of how many deliveries of each hook the log keeps what was sent and answered; by default of all. */
  readonly keepPayloads?: number | undefined
}
