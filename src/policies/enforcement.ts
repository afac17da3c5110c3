import type { PolicyType } from '../model/policy.ts'
import { wrongWindow } from './change-window.ts'

export const enforcementPath = 'GitHub > Organization > Enforcement'

/** The first plan is confirmed by a person, or applied at once. */
export const firstPlan: PolicyType = {
  path: `${enforcementPath} > First Plan`,
  question: 'Whether the first Enforce on an organization waits until a person confirmed its plan.',
  kind: 'choice',
  values: ['Confirm', 'Apply'],
  default: () => 'Confirm',
  reserved: true,
}

/** None: at any time. */
export const changeWindows: PolicyType = {
  path: `${enforcementPath} > Change Windows`,
  question: 'When changes are made, e.g. `Mon-Fri 09:00-17:00 Europe/Zurich`; none: at any time.',
  kind: 'list',
  mayBeEmpty: true,
  wrong: wrongWindow,
  default: () => [],
  reserved: true,
}

const cap = (name: string, question: string, byDefault: string): PolicyType => ({
  path: `${enforcementPath} > ${name}`,
  question,
  kind: 'text',
  wrong: (text) => (/^(Unlimited|[1-9]\d{0,6})$/.test(text) ? null : 'It takes a number from 1, or `Unlimited`.'),
  default: () => byDefault,
  reserved: true,
})

/** How far one mistaken setting reaches before a person looks. */
export const changesPerPolicyChange = cap(
  'Changes per Policy Change',
  'How many resources one change of a policy may change before a person releases the rest.',
  '100',
)

export const changesPerHour = cap(
  'Changes per Hour',
  'How many changes are made within an hour; the rest goes on by itself, or when a person releases it.',
  '1000',
)

/** What a cap says as a number. */
export const capOf = (answer: unknown): number => (answer === 'Unlimited' ? Number.POSITIVE_INFINITY : Number(answer))

export const enforcementPolicies: readonly PolicyType[] = [
  firstPlan,
  changeWindows,
  changesPerPolicyChange,
  changesPerHour,
]
