import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { Store } from '../model/store.ts'
import { statementsOf } from '../policies/statements.ts'

/** The controls that somebody asks something of, by default or by any setting: of all others there is nothing to say. */
export async function askedControls(store: Store, connection: Connection): Promise<readonly ControlType[]> {
  const said = statementsOf(await store.policies.governing(connection.id))
  const set = new Set(said.map(({ rule }) => rule.path))
  return controlTypes.filter(({ policy }) => set.has(policy.path) || policy.default(connection) !== 'Skip')
}
