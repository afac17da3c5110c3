import { nearest } from '../model/nearest.ts'
import type { Authorship, PolicyRule, PolicyType } from '../model/policy.ts'
import type { Selector } from '../model/selector.ts'
import { expressionFault } from '../policies/expression.ts'
import { policyTypes } from '../policies/index.ts'
import { fault } from '../policies/validate.ts'
import { targetOf } from './control-of.ts'

/** A policy, an answer or a place that does not exist or cannot be; the message says what would be right. */
export class WrongPolicy extends Error {
  /** The part that is wrong. */
  readonly part:
    | 'path'
    | 'value'
    | 'expression'
    | 'expiresAt'
    | 'resourceId'
    | 'folderId'
    | 'parentId'
    | 'selector'
    | 'pack'
    | 'settings'
    | 'name'
    | 'title'

  constructor(message: string, part: WrongPolicy['part']) {
    super(message)
    this.part = part
  }
}

/** The policy type of a path. Throws `WrongPolicy` naming the nearest one. */
export function policyType(path: string): PolicyType {
  const type = policyTypes.get(path)
  if (type) return type
  throw new WrongPolicy(
    `There is no policy \`${path}\`. Did you mean \`${nearest(path, [...policyTypes.keys()])}\`?`,
    'path',
  )
}

/** What is wrong with an expression that is to answer a policy; null: nothing. Throws `WrongPolicy` where there is no such policy. */
export const expressionFaultOf = (path: string, expression: string) =>
  expressionFault(policyType(path), targetOf(path), expression)

/** Throws `WrongPolicy` unless a rule can be in force for what a selector matches (null: for everything). */
export function checkRule(rule: PolicyRule, selector: Selector | null): void {
  const type = policyType(rule.path)
  const { value, expression, startsAt, expiresAt } = rule
  if ((value === null) === (expression === null))
    throw new WrongPolicy(`\`${rule.path}\` takes either a value or an expression.`, 'value')
  const wrongValue = value === null ? null : fault(type, value)
  if (wrongValue) throw new WrongPolicy(wrongValue, 'value')
  const wrongExpression = expression === null ? null : expressionFaultOf(rule.path, expression)
  if (wrongExpression) throw new WrongPolicy(wrongExpression.message, 'expression')
  if (startsAt !== null && expiresAt !== null && expiresAt <= startsAt)
    throw new WrongPolicy('It ends before it begins.', 'expiresAt')
  if (selector && rule.path.startsWith('GitHub > Organization > '))
    throw new WrongPolicy(`\`${rule.path}\` is about organizations, and selectors select repositories.`, 'selector')
}

/** Throws `WrongPolicy` where what is there was said by a policy file, and somebody else wants it otherwise. */
export function checkNotOfFile(
  known: Pick<Authorship, 'source' | 'origin'> | null | undefined,
  { source }: Pick<Authorship, 'source'>,
): void {
  if (known?.source !== 'file' || source === 'file') return
  const where = known.origin ? `${known.origin.file}, line ${known.origin.line}` : 'a policy file'
  throw new WrongPolicy(`It is set by ${where}: change it there.`, 'path')
}
