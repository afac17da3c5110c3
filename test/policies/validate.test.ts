import { describe, expect, it } from '@jest/globals'
import { nearest } from '../../src/model/nearest.ts'
import type { PolicyAnswer, PolicyType } from '../../src/model/policy.ts'
import { fault } from '../../src/policies/validate.ts'

const typeOf = (kind: PolicyType['kind'], values?: readonly string[]): PolicyType => ({
  path: 'GitHub > Example',
  question: 'What is wanted.',
  kind,
  ...(values && { values }),
  default: () => '',
})

const choice = typeOf('choice', ['Skip', 'Check: Enabled', 'Enforce: Enabled'])
const events = typeOf('list', ['push', 'repository', 'public'])

describe('an answer', () => {
  it.each<[string, PolicyType, PolicyAnswer]>([
    ['one of a choice', choice, 'Check: Enabled'],
    ['any text', typeOf('text'), 'operations'],
    ['some of a list', events, ['push', 'public']],
    ['anything of an open list', typeOf('list'), ['whatever']],
  ])('that is %s is taken', (_what, type, answer) => {
    expect(fault(type, answer)).toBeNull()
  })

  it.each<[string, PolicyType, PolicyAnswer, string]>([
    [
      'not of a choice',
      choice,
      'Enforce: Enable',
      '“Enforce: Enable” is no value of `GitHub > Example`. Did you mean “Enforce: Enabled”? It takes: Skip, Check: Enabled, Enforce: Enabled.',
    ],
    [
      'of a choice in other letters',
      choice,
      'skip',
      '“skip” is no value of `GitHub > Example`. Did you mean “Skip”? It takes: Skip, Check: Enabled, Enforce: Enabled.',
    ],
    [
      'of a list but for one',
      events,
      ['push', 'repositories'],
      '“repositories” is no value of `GitHub > Example`. Did you mean “repository”? It takes: push, repository, public.',
    ],
    ['a list for a choice', choice, ['Skip'], '`GitHub > Example` takes one value.'],
    ['a list for a text', typeOf('text'), ['operations'], '`GitHub > Example` takes one value.'],
    ['no text', typeOf('text'), '', '`GitHub > Example` takes one value.'],
    ['a text for a list', events, 'push', '`GitHub > Example` takes a list, separated by commas.'],
    ['an empty list', events, [], '`GitHub > Example` takes a list, separated by commas.'],
  ])('that is %s is refused, with what would be right', (_what, type, answer, message) => {
    expect(fault(type, answer)).toBe(message)
  })

  it('is refused where a choice offers nothing', () => {
    expect(fault(typeOf('choice'), 'x')).toContain('“x” is no value of `GitHub > Example`.')
  })
})

describe('the nearest', () => {
  const paths = ['GitHub > Organization > CMDB', 'GitHub > Organization > Event Handlers', 'GitHub > Repository > CMDB']
  it.each([
    ['event handlers', 'GitHub > Organization > Event Handlers'],
    ['CMDB', 'GitHub > Repository > CMDB'],
    ['GitHub > Organisation > Event Handler', 'GitHub > Organization > Event Handlers'],
    ['GitHub > Repo > CMDB', 'GitHub > Repository > CMDB'],
  ])('to %s is %s', (word, path) => {
    expect(nearest(word, paths)).toBe(path)
  })

  it('to anything is nothing where there is nothing', () => {
    expect(nearest('word', [])).toBe('')
  })
})
