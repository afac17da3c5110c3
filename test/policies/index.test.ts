import { expect, it } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import { policyTypes } from '../../src/policies/index.ts'
import { parseMode } from '../../src/policies/mode.ts'
import { fault } from '../../src/policies/validate.ts'

it('has every control’s policy, its sub-policies, and those of reporting', () => {
  expect([...policyTypes.keys()]).toEqual(
    expect.arrayContaining([
      ...controlTypes.map(({ policy }) => policy.path),
      'GitHub > Organization > Event Handlers > Source',
      'GitHub > Organization > Event Handlers > Events',
      'GitHub > Organization > Reporting > Repository',
      'GitHub > Organization > Reporting > Detail in Public',
    ]),
  )
})

it.each([...policyTypes])('has a default for %s that it takes itself', (_path, type) => {
  for (const kind of ['app', 'token'] as const) expect(fault(type, type.default({ kind }))).toBeNull()
})

it.each(controlTypes.flatMap(({ policy }) => policy.values ?? []))('can act on %s', (value) => {
  expect(parseMode(value)).not.toBeNull()
})
