import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Holding } from '../../model/access.ts'

/** Who asks, once it is known. */
export interface Visitor {
  readonly personId: number
  readonly login: string
  readonly holdings: readonly Holding[]
  /** What they ask by. */
  readonly source: 'console' | 'api'
}

/** Browsers say by `Origin` whose page wants to change something, and the guard takes it from our own pages only; programs say nothing. */
export const sourceOf = ({ req }: Pick<Context, 'req'>): Visitor['source'] =>
  req.header('origin') === undefined ? 'api' : 'console'

/** Finds out who asks; null: nobody who is signed in. */
export type VisitorOf = (context: Context<ApiEnv>) => Promise<Visitor | null>

/** What a request of the API carries. */
export interface ApiEnv {
  Bindings: HttpBindings
  Variables: { visitor: Visitor }
}
