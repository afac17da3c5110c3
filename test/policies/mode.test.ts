import { expect, it } from '@jest/globals'
import type { PolicyAnswer } from '../../src/model/policy.ts'
import { parseMode } from '../../src/policies/mode.ts'

it.each([
  ['Skip', { mode: 'Skip', wanted: '' }],
  ['Check: Enabled', { mode: 'Check', wanted: 'Enabled' }],
  ['Enforce: Disabled', { mode: 'Enforce', wanted: 'Disabled' }],
  ['Check: At least: two words', { mode: 'Check', wanted: 'At least: two words' }],
] as const)('understands %s', (answer, parsed) => {
  expect(parseMode(answer)).toEqual(parsed)
})

it.each<[PolicyAnswer]>([
  [''],
  ['skip'],
  ['Skip: Enabled'],
  [' Skip'],
  ['Check'],
  ['Check:'],
  ['Check: '],
  ['Check:Enabled'],
  ['Check:  Enabled'],
  ['Check: Enabled '],
  ['Check: Enabled\nEnforce: Enabled'],
  ['check: Enabled'],
  ['Enforced: Enabled'],
  ['Please Check: Enabled'],
  ['Ensure: Enabled'],
  [[]],
  [['Skip']],
])('does not act on %j', (answer) => {
  expect(parseMode(answer)).toBeNull()
})
