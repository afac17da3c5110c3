import type { PolicyType } from '../model/policy.ts'
import type { PolicyValue } from '../model/policy-pack.ts'
import type { Json } from '../model/resource.ts'
import { ExpressionFault } from './expression/expression-fault.ts'
import { compile } from './expression.ts'
import type { PolicySubject } from './policy-subject.ts'

type KnownData = Readonly<Record<string, Json>>

/** What an expression answers for a resource, or why it does not. */
export function answeredBy(
  type: PolicyType,
  text: string,
  { resource, ancestors }: PolicySubject,
): Pick<PolicyValue, 'value' | 'fault' | 'isUnknown'> {
  const lineage = new Map([...ancestors.toReversed(), resource].map(({ type, data }) => [type, data as KnownData]))
  try {
    const said = compile(type, resource.type, text).work(lineage)
    if (said.kind === 'value') return { value: said.value, fault: null, isUnknown: false }
    if (said.kind === 'unknown') return { value: text, fault: said.reason, isUnknown: true }
    return { value: text, fault: said.fault.message, isUnknown: false }
  } catch (error) {
    if (error instanceof ExpressionFault) return { value: text, fault: error.message, isUnknown: false }
    throw error
  }
}
