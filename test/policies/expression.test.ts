import { describe, expect, it } from '@jest/globals'
import type { PolicyType } from '../../src/model/policy.ts'
import type { Json } from '../../src/model/resource.ts'
import { compile, expressionFault } from '../../src/policies/expression.ts'

const target = 'GitHub > Repository'
const choice: PolicyType = {
  path: 'GitHub > Repository > Visibility',
  question: 'Who may see it.',
  kind: 'choice',
  values: ['Skip', 'Check: Private', 'Check: Public'],
  default: () => 'Skip',
}
const { values: _known, ...open } = choice
const anyText: PolicyType = { ...open, path: 'GitHub > Repository > Name', kind: 'text' }
const anyList: PolicyType = { ...open, path: 'GitHub > Repository > Names', kind: 'list', mayBeEmpty: true }

const web = {
  name: 'svc-web',
  visibility: 'private',
  isFork: false,
  description: null,
  topics: ['prod', 'web'],
  databaseId: 7,
  createdAt: '2026-01-31T12:00:00Z',
}
const acme = { login: 'acme', isVerified: true }

function given(text: string, type: PolicyType = choice, repository: Readonly<Record<string, Json>> = web) {
  const lineage = new Map([
    [target, repository],
    ['GitHub > Organization', acme as Record<string, Json>],
  ])
  return compile(type, target, text).work(lineage)
}

describe('an expression', () => {
  it.each([
    [`'Check: Private'`, 'Check: Private'],
    [`resource.isFork ? 'Skip' : 'Check: Private'`, 'Check: Private'],
    [`resource.visibility == 'private' ? 'Check: Private' : 'Check: Public'`, 'Check: Private'],
    [`repository.name.like('svc-*') && organization.login == 'acme' ? 'Check: Public' : 'Skip'`, 'Check: Public'],
    [`'prod' in resource.topics ? 'Check: Private' : 'Skip'`, 'Check: Private'],
    [`resource['topics'].exists(t, t.startsWith('pro')) ? 'Check: Private' : 'Skip'`, 'Check: Private'],
    [`resource.topics.all(t, t != 'x') && resource.topics.size() == 2 ? 'Check: Private' : 'Skip'`, 'Check: Private'],
    [`resource.description == null ? 'Skip' : 'Check: Private'`, 'Skip'],
    [`resource.databaseId > 6 ? 'Check: Private' : 'Skip'`, 'Check: Private'],
    [`resource.createdAt < timestamp('2026-02-01T00:00:00Z') ? 'Check: Private' : 'Skip'`, 'Check: Private'],
    [`'Check: ' + (resource.isFork ? 'Public' : 'Private')`, 'Check: Private'],
    [`{'private': 'Check: Private', 'public': 'Skip'}[resource.visibility]`, 'Check: Private'],
  ])('%s gives %s', (text, value) => {
    expect(given(text)).toEqual({ kind: 'value', value })
  })

  it('gives any text, or a list, where the policy takes one', () => {
    expect(given(`organization.login + '-' + resource.name`, anyText)).toEqual({ kind: 'value', value: 'acme-svc-web' })
    expect(given(`resource.topics.map(t, t + '!')`, anyList)).toEqual({ kind: 'value', value: ['prod!', 'web!'] })
    expect(given(`['a'] + resource.topics`, anyList)).toEqual({ kind: 'value', value: ['a', 'prod', 'web'] })
    expect(given(`resource.topics.filter(t, t == 'x')`, anyList)).toEqual({ kind: 'value', value: [] })
  })

  it('tells the fields it reads, each once', () => {
    const text = `resource.isFork || repository.isFork || resource['name'] == organization.login ? 'Skip' : 'Check: Public'`
    expect(compile(choice, target, text).reads).toEqual([
      { type: target, field: 'isFork' },
      { type: target, field: 'name' },
      { type: 'GitHub > Organization', field: 'login' },
    ])
  })
})

describe('what is not known', () => {
  const known = (fields: Record<string, Json>) => (text: string) => given(text, choice, fields).kind
  it.each([
    [`resource.isFork ? 'Skip' : 'Check: Private'`, {}, 'unknown'],
    [`resource.topics.exists(t, t == 'x') ? 'Skip' : 'Check: Private'`, {}, 'unknown'],
    [`!(resource.isFork == true) ? 'Skip' : 'Check: Private'`, {}, 'unknown'],
    [`resource.isFork || resource.isArchived ? 'Skip' : 'Check: Private'`, { isArchived: false }, 'unknown'],
    [`resource.isFork && resource.isArchived ? 'Skip' : 'Check: Private'`, { isArchived: true }, 'unknown'],
    // It is the same whatever the answer may turn out to be.
    [`resource.isFork || resource.isArchived ? 'Skip' : 'Check: Private'`, { isArchived: true }, 'value'],
    [`resource.isFork && resource.isArchived ? 'Skip' : 'Check: Private'`, { isArchived: false }, 'value'],
    [`resource.isArchived ? 'Skip' : resource.visibility`, { isArchived: true }, 'value'],
  ])('makes %s of %j %s', (text, fields, kind) => {
    expect(known(fields)(text)).toBe(kind)
  })

  it('is named', () => {
    expect(given(`resource.isFork ? 'Skip' : 'Check: Private'`, choice, {})).toEqual({
      kind: 'unknown',
      reason: '`isFork` of the repository is not known yet.',
    })
  })
})

describe('an expression is refused, with the place marked', () => {
  it.each([
    ['', 1, 'There is nothing in it.'],
    ['1 +', 4, 'Unexpected token: EOF.'],
    [
      `resource.visiblity == 'x' ? 'Skip' : 'Check: Private'`,
      10,
      '`GitHub > Repository` has no field `visiblity`. Did you mean `visibility`?',
    ],
    [`organization.isFork ? 'Skip' : 'Skip'`, 14, '`GitHub > Organization` has no field `isFork`.'],
    [`repo.isFork ? 'Skip' : 'Check: Private'`, 1, 'There is no `repo` here. Did you mean `repository`?'],
    [`resource == organization ? 'Skip' : 'Skip'`, 1, 'Name a field of it, as in `resource.name`.'],
    [`resource[organization.login] == 'x' ? 'Skip' : 'Skip'`, 1, 'Name a field of it'],
    [`has(resource.isFork) ? 'Skip' : 'Check: Private'`, 1, 'A field that is not known makes the whole value unknown'],
    [`resource.isFork + 1`, 1, 'no such overload: dyn<bool> + int.'],
    [`resource.isFork`, 1, 'It gives dyn<bool>, and `GitHub > Repository > Visibility` takes a text.'],
    [`resource.topics.map(t, t)`, 1, 'It gives list'],
    [
      `resource.isFork ? 'Skip' : 'Check: Privat'`,
      28,
      '“Check: Privat” is no value of `GitHub > Repository > Visibility`. Did you mean “Check: Private”?',
    ],
    [`resource.topics.all(resource, true) ? 'Skip' : 'Skip'`, 21, '`resource` is the name of something else here.'],
    [`now() > resource.createdAt ? 'Skip' : 'Skip'`, 1, "found no matching overload for 'now()'."],
  ])('%s', (text, column, reason) => {
    const fault = expressionFault(choice, target, text)
    expect(fault?.place).toEqual({ line: 1, column })
    expect(fault?.reason).toContain(reason)
    expect(fault?.marked).toBe(`${text}\n${' '.repeat(column - 1)}^`)
  })

  it('in its own line, tabs and all', () => {
    const fault = expressionFault(choice, target, `resource.isFork\n\t? 'Skip'\n\t: resource.nam`)
    expect(fault?.place).toEqual({ line: 3, column: 13 })
    expect(fault?.marked).toBe(`\t: resource.nam\n\t           ^`)
    expect(fault?.message).toContain('Line 3, column 13: ')
  })

  it.each([
    [`'Check: ' + resource.visibility`, choice, 'It gives “Check: private”. “Check: private” is no value of'],
    [`resource.description`, choice, 'It gives “null”. `GitHub > Repository > Visibility` takes text.'],
    [`resource.description.startsWith('x') ? 'Skip' : 'Check: Private'`, choice, 'null.startsWith(string)'],
    [`resource.topics[5]`, choice, 'No such key: index out of bounds, index 5 >= size 2.'],
    [`[1, 2]`, anyList, 'It gives “1,2”. `GitHub > Repository > Names` takes text.'],
    [`resource.databaseId / 0 == 1 ? 'Skip' : 'Skip'`, choice, 'division by zero'],
  ])('%s where it gives what is not taken', (text, type, reason) => {
    const worked = given(text, type)
    expect(worked.kind).toBe('invalid')
    expect(worked.kind === 'invalid' && worked.fault.reason).toContain(reason)
  })
})

describe('a hostile expression', () => {
  const loops = 'resource.topics.all(a, resource.topics.all(b, resource.topics.all(c, true)))'
  it.each([
    ['is too long', `'${'x'.repeat(2_001)}'`, 'It is longer than 2000 characters.'],
    ['is nested deep', `${'('.repeat(400)}'Skip'${')'.repeat(400)}`, 'Exceeded maxDepth (30)'],
    ['negates deep', `${'!'.repeat(500)}true ? 'Skip' : 'Skip'`, 'Exceeded maxAstNodes (300)'],
    ['has many parts', `[${'1,'.repeat(400)}1] == [] ? 'Skip' : 'Skip'`, 'xceeded max'],
    ['loops in loops', `${loops} ? 'Skip' : 'Skip'`, '`all` cannot stand inside another such call.'],
    ['doubles a text', `cel.bind(a, 'xx', cel.bind(b, a + a, b + b))`, '`cel.bind` is not offered'],
    ['matches for ever', `resource.name.matches('^(a+)+$') ? 'Skip' : 'Skip'`, '`matches` is not offered'],
    [
      'asks for our insides',
      `resource.constructor.constructor('x') == 1 ? 'Skip' : 'Skip'`,
      'has no field `constructor`',
    ],
    ['asks for a prototype', `resource.__proto__ == null ? 'Skip' : 'Skip'`, 'proto'],
  ])('that %s is refused', (_what, text, reason) => {
    expect(expressionFault(anyText, target, text)?.reason).toContain(reason)
  })

  it('ends within bounds where a field holds very much', () => {
    const much = (fields: Record<string, Json>, text: string) => given(text, anyText, fields)
    const topics = Array.from({ length: 301 }, (_, n) => `${n}`)
    const sizes = `resource.topics.exists(t, t == 'x') ? 'a' : 'b'`
    expect(much({ topics }, sizes)).toMatchObject({ kind: 'invalid' })
    expect(much({ topics: topics.slice(2) }, sizes)).toEqual({ kind: 'value', value: 'b' })
    expect(much({ name: 'x'.repeat(1_001) }, 'resource.name')).toMatchObject({ kind: 'invalid' })
    expect(much({ name: 'a'.repeat(1_000) }, `resource.name.like('${'*a'.repeat(400)}b') ? 'a' : 'b'`)).toEqual({
      kind: 'value',
      value: 'b',
    })
  })

  it('leaves nothing behind for the next one', () => {
    const text = `resource.topics.all(t, t == 'prod') ? 'Skip' : 'Check: Private'`
    expect(given(text)).toEqual({ kind: 'value', value: 'Check: Private' })
    expect(given(text, choice, { topics: ['prod'] })).toEqual({ kind: 'value', value: 'Skip' })
    expect(given(text)).toEqual({ kind: 'value', value: 'Check: Private' })
  })
})
