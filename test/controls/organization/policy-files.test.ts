import { describe, expect, it } from '@jest/globals'
import { organizationPolicyFiles } from '../../../src/controls/organization/policy-files.ts'
import type { ReviewRule } from '../../../src/model/policy-file.ts'
import type { PolicyFilesData } from '../../../src/resources/policy-files.ts'
import { resourceOf } from '../resource.ts'

const files = [{ path: 'guardpost.yml', sha: 'b1' }]
const reviewed: ReviewRule = { by: 'branch protection', approvals: 1, isBypassed: false, why: null }
const there: Partial<PolicyFilesData> = {
  repository: 'acme/.github-private',
  branch: 'main',
  headSha: '2222222222',
  files,
  tooLarge: null,
  reviewRules: [reviewed],
}
const applied = { applied: files, appliedSha: '1111111111', faults: [] }

const judge = (data: Partial<PolicyFilesData> | null, more: object = {}) => {
  const related = { files: data && resourceOf<PolicyFilesData>('GitHub > Policy Files', data, more) }
  const input = {
    resource: resourceOf('GitHub > Organization', {}),
    related,
    wanted: 'Applied',
    values: { repository: 'Automatic' },
  }
  const { state, reason, recheckAt } = organizationPolicyFiles.evaluate({ ...input, plan: null, now: 1_000 } as never)
  expect(recheckAt).toBe(3_601_000)
  return `${state}: ${reason}`
}

describe('policy files', () => {
  it.each<[string, Partial<PolicyFilesData> | null, string]>([
    ['never read', null, 'tbd: The policy files have not been read yet.'],
    ['without a repository', { ...there, repository: null, files: [] }, 'ok: There is no repository for policy files.'],
    [
      'that are none',
      { ...there, files: [], reviewRules: [] },
      'ok: There are no policy files in acme/.github-private.',
    ],
    ['in force', { ...there, ...applied }, 'ok: 1111111 of acme/.github-private is in force.'],
    ['on their way', there, 'tbd: 2222222 of acme/.github-private is being applied.'],
    ['too large', { ...there, tooLarge: 'They are too large.' }, 'invalid: They are too large.'],
    [
      'with faults',
      {
        ...there,
        ...applied,
        faults: [
          { file: 'guardpost.yml', line: 3, column: 5, message: 'No.' },
          { file: 'b', line: 1, column: 1, message: 'x' },
        ],
      },
      'invalid: guardpost.yml:3:5: No. And 1 more.',
    ],
    [
      'that are gone, their settings still in force',
      { ...there, ...applied, files: [], reviewRules: [] },
      'alarm: Not applied: on main of acme/.github-private nothing asks for a review before the branch changes. What was reviewed before, 1111111, stays in force.',
    ],
  ])('%s', (_what, data, expected) => {
    expect(judge(data)).toBe(expected)
  })

  it('that may not be read are an Error', () => {
    const refusal = { code: 'permission-not-granted', reason: 'Refused.' }
    expect(judge({}, { refusal })).toBe('error: Refused.')
  })

  const begin = 'alarm: Not applied: on main of acme/.github-private '
  it.each<[string, readonly ReviewRule[], string]>([
    ['nothing', [], 'nothing asks for a review before the branch changes.'],
    [
      'a pull request that nobody need approve',
      [{ ...reviewed, approvals: 0 }],
      'nothing asks for a review before the branch changes.',
    ],
    [
      'a review that some get around',
      [{ ...reviewed, isBypassed: true, why: 'administrators need not keep to it' }],
      'reviews can be got around (branch protection: administrators need not keep to it).',
    ],
    [
      'what is not known',
      [{ ...reviewed, by: 'ruleset main of acme', isBypassed: null, why: 'hidden' }],
      'it is not known whether every change is reviewed (ruleset main of acme: hidden).',
    ],
    [
      'what is not known, and what is got around',
      [
        { ...reviewed, isBypassed: true, why: 'w' },
        { ...reviewed, by: 'ruleset main of acme', isBypassed: null, why: 'hidden' },
      ],
      'it is not known whether every change is reviewed (ruleset main of acme: hidden).',
    ],
  ])('on a branch that has %s are not applied', (_what, reviewRules, expected) => {
    expect(judge({ ...there, reviewRules })).toBe(`${begin}${expected}`)
  })

  it('are applied where one rule cannot be got around, whatever the others are', () => {
    const others: ReviewRule[] = [
      { ...reviewed, isBypassed: true, why: 'w' },
      { ...reviewed, isBypassed: null, why: 'h' },
    ]
    expect(judge({ ...there, ...applied, reviewRules: [...others, reviewed] })).toMatch(/^ok: /)
  })
})
