import { missingPermission } from '../controls/organization/event-handlers/permissions.ts'
import type { Connection } from '../model/connection.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import { satisfies } from '../model/permission.ts'
import type { ResourceType } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { type ConnectionData, connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { resourceTypes } from '../resources/index.ts'
import { judgedTypes } from './needs.ts'
import { organizationPolicies } from './organization-policies.ts'

/** What is read by discovery and on its rhythm; what GitHub tells by the repository only where a policy in force asks. */
export async function typesToDiscover(store: Store, connection: Connection, now: number): Promise<ResourceType[]> {
  const judged = judgedTypes(await organizationPolicies(store, connection, now))
  return resourceTypes.filter(
    ({ type, discover, single, rhythm, perRepository }) =>
      (discover || (single && rhythm)) && (!perRepository || judged.has(type)),
  )
}

/**
 * GitHub may answer with nothing where it hides something, so that what is known not to be granted is not asked for. Null:
 * nothing speaks against it.
 */
export async function whyNotAsked(
  store: Store,
  { id, kind, organizationNodeId }: Connection,
  { type, needs, optional }: ResourceType,
): Promise<Diagnosis | null> {
  if (kind === 'token' || !optional) return null
  const read = await store.resources.byNodeId(id, connectionType.type, connectionNodeId(organizationNodeId))
  const facts = (read?.data ?? {}) as Partial<ConnectionData>
  const { granted } = facts
  if (!granted) return null
  const lacking = Object.entries(needs).find(([key, level]) => !satisfies(granted[key], level))
  if (!lacking) return null
  const [key, needed] = lacking
  const reason = `\`${type}\` is not known: the permission \`${key}: ${needed}\` is not granted.`
  return { ...missingPermission(facts, { key, needed, why: `to read each \`${type}\`` }), reason }
}

/** The types that the discovery of this one brings along. */
export const discoveredWith = ({ type }: ResourceType): ResourceType[] =>
  resourceTypes.filter((each) => each.discoveredWith === type)

/** Of these, the names of those that nothing speaks against taking in. */
export async function typesAlong(store: Store, connection: Connection, type: ResourceType): Promise<string[]> {
  const refused = await Promise.all(discoveredWith(type).map((each) => whyNotAsked(store, connection, each)))
  return discoveredWith(type).flatMap(({ type }, index) => (refused[index] ? [] : [type]))
}
