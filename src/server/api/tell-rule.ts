import type { PolicyRule } from '../../model/policy.ts'
import { momentOrNull } from './asked.ts'
import { listed } from './tell-control.ts'

/** A rule as it is told. */
export const tellRule = ({ path, value, expression, precedence, note, startsAt, expiresAt }: PolicyRule) => ({
  path,
  value: listed(value ?? expression ?? ''),
  expression,
  precedence,
  note,
  startsAt: momentOrNull(startsAt),
  expiresAt: momentOrNull(expiresAt),
})
