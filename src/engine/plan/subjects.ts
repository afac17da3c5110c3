import type { Connection } from '../../model/connection.ts'
import type { Resource } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import type { Policies } from '../../policies/policies-of.ts'
import type { PolicySubject } from '../../policies/policy-subject.ts'
import { organization } from '../../resources/organization.ts'
import { repository } from '../../resources/repository.ts'
import { policySubject } from '../policies-for.ts'

export interface PlannedSubject extends PolicySubject {
  readonly resource: Resource
}

/** Resources with all that policies answer by. What lies right below the organization needs no look-up, unless custom properties count. */
export async function subjectsOf(
  store: Store,
  { id, organizationNodeId }: Connection,
  page: readonly Resource[],
  { before, after }: { before: Policies; after: Policies },
): Promise<PlannedSubject[]> {
  const root = await store.resources.byNodeId(id, organization.type, organizationNodeId)
  const readsProperties = before.readsProperties || after.readsProperties
  const isPlain = ({ type, parentId }: Resource) =>
    type === organization.type || (type === repository.type && parentId === root?.id && !readsProperties)
  const subjects: PlannedSubject[] = []
  for (const resource of page) {
    const ancestors = root && resource.id !== root.id ? [root] : []
    const plain = { ancestors, properties: null }
    subjects.push({ ...(isPlain(resource) ? plain : await policySubject(store, resource)), resource })
  }
  return subjects
}
