import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { PolicyStatement } from '../model/policy-pack.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { ExpressionFault } from '../policies/expression/expression-fault.ts'
import { compile } from '../policies/expression.ts'
import { policyTypes } from '../policies/index.ts'
import { fieldsOf } from '../policies/selector.ts'
import { statementsOf } from '../policies/statements.ts'
import { customPropertyValues } from '../resources/custom-property-values.ts'
import { repository as repositoryType } from '../resources/repository.ts'
import { targetOf } from './control-of.ts'
import { judgedBelow } from './touched.ts'

/**
 * What is asked otherwise of a resource, or of what is below it, since a field changed that a selector or an expression reads:
 * whoever starts to match is covered at once.
 */
export async function askedAnew(
  store: Store,
  connection: Connection,
  resource: Resource,
  { changes }: { readonly changes: readonly FieldChange[] },
  why: string,
  now: number,
): Promise<NewJob[]> {
  const changed = new Set(changes.map(({ field }) => field))
  const reading = statementsOf(await store.policies.governing(connection.id)).filter(
    (statement) => selects(statement, resource, changed) || works(statement, resource, changed),
  )
  if (reading.length === 0) return []
  const top = await judged(store, resource)
  const paths = [...new Set(reading.map(({ rule }) => rule.path))]
  return top ? judgedBelow(store, connection, top, paths, why, now) : []
}

/** Custom properties are kept apart from the repository that they are of. */
const judged = async (store: Store, resource: Resource): Promise<Resource | null> =>
  resource.type === customPropertyValues.type && resource.parentId !== null
    ? store.resources.get(resource.connectionId, resource.parentId)
    : resource

function selects({ selector }: PolicyStatement, { type }: Resource, changed: ReadonlySet<string>): boolean {
  if (!selector) return false
  if (type === customPropertyValues.type) return selector.property !== undefined && changed.has('properties')
  return type === repositoryType.type && fieldsOf(selector).some((field) => changed.has(field))
}

function works(
  { rule: { path, expression } }: PolicyStatement,
  { type }: Resource,
  changed: ReadonlySet<string>,
): boolean {
  const policy = policyTypes.get(path)
  if (expression === null || !policy) return false
  try {
    const { reads } = compile(policy, targetOf(path), expression)
    return reads.some((read) => read.type === type && changed.has(read.field))
  } catch (error) {
    if (error instanceof ExpressionFault) return false
    throw error
  }
}
