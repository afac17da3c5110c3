import type { Resource } from '../model/resource.ts'
import type { Selectable } from './selector.ts'

/** As much of a resource as policies answer by. */
type Governed = Pick<Resource, 'id' | 'type' | 'title' | 'data'>

/** A resource that policies answer for, with all they may answer by. */
export interface PolicySubject {
  readonly resource: Governed
  /** Those above it, nearest first, up to the organization. */
  readonly ancestors: readonly Governed[]
  /** The custom properties of the repository that it is, or is below of; null: not known. */
  readonly properties: Selectable['properties']
}

const repositoryType = 'GitHub > Repository'

/** What selectors are held against: the repository, or that which the resource is below of; null: there is none. */
export function selectableOf({ resource, ancestors, properties }: PolicySubject): Selectable | null {
  const repository = resource.type === repositoryType ? resource : ancestors.find(({ type }) => type === repositoryType)
  return repository ? { data: repository.data, properties } : null
}
