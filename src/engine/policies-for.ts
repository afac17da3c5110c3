import type { Connection } from '../model/connection.ts'
import type { Governing } from '../model/policy-pack.ts'
import type { Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { type Policies, policiesOf } from '../policies/policies-of.ts'
import type { PolicySubject } from '../policies/policy-subject.ts'
import { type CustomPropertyValuesData, customPropertyValues } from '../resources/custom-property-values.ts'
import { repository } from '../resources/repository.ts'
import { organizationUnder } from './organization-policies.ts'
import { policyPlaceUnder } from './policy-place.ts'

/** The policies of an organization and of all below it as they stand at `now`, in milliseconds. */
export const policiesFor = async (store: Store, connection: Connection, now: number): Promise<Policies> =>
  policiesUnder(store, connection, await store.policies.governing(connection.id), now)

/** The same, were the organization governed so. */
export const policiesUnder = async (
  store: Store,
  connection: Connection,
  governing: Governing,
  now: number,
): Promise<Policies> =>
  policiesOf(connection, governing, now, await fileRepositoryId(store, connection, governing, now))

/** The repository that policy files are in; null: there is none, or nothing in force comes from files. */
export async function fileRepositoryId(
  store: Store,
  connection: Connection,
  governing: Governing,
  now: number,
): Promise<number | null> {
  const all = [...governing.settings, ...governing.attachments, ...governing.packs]
  if (!all.some(({ source }) => source === 'file')) return null
  // Where they are is nothing that files say.
  const settings = governing.settings.filter(({ source }) => source !== 'file')
  const policies = await organizationUnder(store, connection, { ...governing, settings }, now)
  const place = await policyPlaceUnder(store, connection, policies)
  return place && ((await store.resources.byNodeId(connection.id, repository.type, place.nodeId))?.id ?? null)
}

/** A resource with all that policies may answer by. */
export async function policySubject(store: Store, resource: Resource): Promise<PolicySubject> {
  const [, ...ids] = await store.resources.ancestry(resource.connectionId, resource.id)
  const above = await Promise.all(ids.map((id) => store.resources.get(resource.connectionId, id)))
  const ancestors = above.filter((each) => each !== null)
  return { resource, ancestors, properties: await propertiesOf(store, [resource, ...ancestors]) }
}

async function propertiesOf(store: Store, chain: readonly Resource[]): Promise<PolicySubject['properties']> {
  const own = chain.find(({ type }) => type === repository.type)
  if (!own) return null
  const filter = { type: customPropertyValues.type, parentId: own.id, gone: false, limit: 1 }
  const [said] = await store.resources.list(own.connectionId, filter)
  return (said?.data as Partial<CustomPropertyValuesData> | undefined)?.properties ?? null
}

/** As `policySubject`, for many resources of one type. Custom properties are read where a policy asks for them. */
export async function policySubjects(
  store: Store,
  resources: readonly Resource[],
  { readsProperties }: Pick<Policies, 'readsProperties'>,
): Promise<(resource: Resource) => PolicySubject> {
  if (readsProperties) {
    const subjects = await Promise.all(resources.map((resource) => policySubject(store, resource)))
    const byId = new Map(subjects.map((subject) => [subject.resource.id, subject]))
    return (resource) => byId.get(resource.id) ?? { resource, ancestors: [], properties: null }
  }
  const above = new Map<number | null, readonly Resource[]>([[null, []]])
  const ancestors = async ({ connectionId }: Resource, id: number | null): Promise<readonly Resource[]> => {
    const known = above.get(id)
    const parent = known || id === null ? null : await store.resources.get(connectionId, id)
    const found = known ?? (parent ? [parent, ...(await ancestors(parent, parent.parentId))] : [])
    above.set(id, found)
    return found
  }
  for (const resource of resources) await ancestors(resource, resource.parentId)
  return (resource) => ({ resource, ancestors: above.get(resource.parentId) ?? [], properties: null })
}
