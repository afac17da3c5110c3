import type { PolicyType } from '../model/policy.ts'
import type { PolicyStatement, PolicyValue } from '../model/policy-pack.ts'
import type { Resource } from '../model/resource.ts'
import { policyTypes } from '../policies/index.ts'
import type { Means } from './means.ts'
import { policiesFor, policySubject } from './policies-for.ts'

/** An answer in force, and all that spoke to it. */
export interface ExplainedValue extends PolicyValue {
  /** What speaks to it from the top down, what is not in force included. */
  readonly statements: readonly PolicyStatement[]
  /** Those of them that files make about the repository that the files are in. */
  readonly silenced: readonly PolicyStatement[]
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
  const types = [...policyTypes.values()].filter((type) =>
    path === undefined ? concerns(type, resource) : type.path === path,
  )
  const policies = await policiesFor(store, connection, clock())
  const subject = await policySubject(store, resource)
  return types.map((type) => ({
    ...policies.valueFor(type, subject),
    byDefault: type.default(connection),
    statements: policies.statements(type, subject),
    silenced: policies.silenced(type, subject),
  }))
}

const concerns = ({ path }: PolicyType, { type }: Resource): boolean => path.startsWith(`${type} > `)

/** Why a statement wins, or does not, in a sentence. */
export function whyOf(
  each: PolicyStatement,
  { by: winner, silenced }: Pick<ExplainedValue, 'by' | 'silenced'>,
  now: number,
): string {
  const { rule } = each
  const word = rule.precedence === 'required' ? 'Required' : 'Recommended'
  const kind = each.pack ? `${word} setting, from the pack ${each.pack.name}` : `${word} setting`
  if (each === winner) return `It is the most specific ${kind}.`
  if (silenced.includes(each)) return 'Policy files say nothing of the repository that they are in.'
  if (rule.startsAt !== null && rule.startsAt > now) return 'It has not begun.'
  if (rule.expiresAt !== null && rule.expiresAt <= now) return 'It has expired.'
  if (winner && winner.rule.precedence !== rule.precedence) return 'A Required setting overrides it.'
  return `A more specific ${word} setting overrides it.`
}
