import type { HttpBindings } from '@hono/node-server'
import type { Holding } from '../../model/access.ts'

/** Who asks, once it is known. */
export interface Visitor {
  readonly personId: number
  readonly login: string
  readonly holdings: readonly Holding[]
}

/** What a request of the API carries. */
export interface ApiEnv {
  Bindings: HttpBindings
  Variables: { visitor: Visitor }
}
