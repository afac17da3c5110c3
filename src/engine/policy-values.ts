import type { PolicySetting, PolicyType, PolicyValue } from '../model/policy.ts'
import type { Resource } from '../model/resource.ts'
import { policyTypes } from '../policies/index.ts'
import { resolve } from '../policies/resolve.ts'
import type { Means } from './means.ts'

/** An answer in force, and all that spoke to it. */
export interface ExplainedValue extends PolicyValue {
  /** The settings of the resource and of those above it, from the top down, those not in force included. */
  readonly settings: readonly PolicySetting[]
  /** The answer where nobody set one. */
  readonly byDefault: PolicyValue['value']
}

/** The answers in force for a resource: of one policy, or of all that concern its type. */
export async function policyValues(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  resource: Resource,
  path?: string,
): Promise<ExplainedValue[]> {
  const connection = await store.connections.get(resource.connectionId)
  if (!connection) return []
  const ancestry = await store.resources.ancestry(resource.connectionId, resource.id)
  const types = [...policyTypes.values()].filter((type) =>
    path === undefined ? concerns(type, resource) : type.path === path,
  )
  const settings = await store.policies.list(connection.id, path)
  const now = clock()
  return types.map((type) => ({
    ...resolve(type, settings, ancestry, connection, now),
    byDefault: type.default(connection),
    settings: ancestry
      .toReversed()
      .flatMap((id) => settings.filter((each) => each.resourceId === id && each.path === type.path)),
  }))
}

const concerns = ({ path }: PolicyType, { type }: Resource): boolean => path.startsWith(`${type} > `)
