import type { PolicyType } from '../../../src/model/policy.ts'
import type { Known } from '../../../src/policies/files/meaning.ts'

const type = (path: string, more: Partial<PolicyType>): PolicyType => ({
  path,
  question: '',
  kind: 'choice',
  default: () => 'Skip',
  ...more,
})

const types = [
  type('GitHub > Repository > Visibility', { values: ['Skip', 'Check: Private', 'Enforce: Private'] }),
  type('GitHub > Repository > Wikis', { values: ['Skip', 'Check: Disabled', 'Enforce: Disabled'] }),
  type('GitHub > Repository > Topics', { kind: 'list' }),
  type('GitHub > Repository > Days', { kind: 'text' }),
  type('GitHub > Organization > Change Cap', { kind: 'text', reserved: true }),
]

/** A few policies that are nobody's, and an expression language of one word. */
export const known: Known = {
  types: new Map(types.map((each) => [each.path, each])),
  packs: ['baseline'],
  expressionFault: (expression) => (expression.includes('fork') ? null : 'It names no field.'),
  ownRepository: '.github-private',
}
