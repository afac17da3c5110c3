import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { resourceTypes } from '../resources/index.ts'
import { organization } from '../resources/organization.ts'
import { asOfPass } from './as-of-pass.ts'

/** The node id of what a control of the resource is judged by besides: below the resource, else one per connection. */
export function relatedNodeId(
  { organizationNodeId }: Connection,
  type: string,
  resource: Pick<Resource, 'type' | 'nodeId'>,
): string {
  const { parent, single } = resourceTypes.find((known) => known.type === type) ?? {}
  if (!single) throw new Error(`There may be any number of \`${type}\`: no control is judged by one of them.`)
  return single(parent === resource.type ? resource.nodeId : organizationNodeId)
}

/** What the organization subscribes to; null where GitHub did not tell. */
export async function planOf(store: Store, { id, organizationNodeId }: Connection): Promise<string | null> {
  const root = await store.resources.byNodeId(id, organization.type, organizationNodeId)
  return typeof root?.data.planName === 'string' ? root.data.planName : null
}

/** What controls of many resources of one type are judged by besides, read at once. */
export async function relatedTo(
  store: Store,
  connection: Connection,
  controls: readonly ControlType[],
  resources: readonly Resource[],
): Promise<(control: ControlType, resource: Resource) => Readonly<Record<string, Resource | null>>> {
  const types = [...new Set(controls.flatMap(({ related }) => Object.values<string>(related)))]
  const known = new Map<string, ReadonlyMap<string, Resource>>()
  for (const type of types) {
    const nodeIds = new Set(resources.map((resource) => relatedNodeId(connection, type, resource)))
    const found = await store.resources.byNodeIds(connection.id, type, [...nodeIds])
    known.set(type, new Map(found.map((each) => [each.nodeId, each])))
  }
  const passes = types.length > 0 ? await store.discoveries.list(connection.id) : []
  const one = (type: string, resource: Resource) => {
    const nodeId = relatedNodeId(connection, type, resource)
    const pass = passes.find((each) => each.type === type)
    return asOfPass(type, nodeId, known.get(type)?.get(nodeId) ?? null, pass)
  }
  return ({ related }, resource) =>
    Object.fromEntries(Object.entries<string>(related).map(([name, type]) => [name, one(type, resource)]))
}
