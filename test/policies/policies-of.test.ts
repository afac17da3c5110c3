import { describe, expect, it } from '@jest/globals'
import { asks, type PolicyRule, type PolicySetting, type PolicyType } from '../../src/model/policy.ts'
import type { Governing, PolicyAttachment, StoredPack } from '../../src/model/policy-pack.ts'
import type { Selector } from '../../src/model/selector.ts'
import { requiredAbove } from '../../src/policies/exceptions.ts'
import { policiesOf } from '../../src/policies/policies-of.ts'
import { nextChange, statementsOf } from '../../src/policies/statements.ts'
import { newSetting, placeOf } from '../support/setting.ts'

const type: PolicyType = {
  path: 'GitHub > Repository > Visibility',
  question: 'Who may see it.',
  kind: 'choice',
  default: ({ kind }) => (kind === 'app' ? 'default' : 'default of a token'),
}
const now = 1_000_000

/** The places of a branch, from Guardpost down, and one beside it. */
const places = {
  guardpost: { folderId: 1 },
  production: { folderId: 2 },
  acme: { connectionId: 1, resourceId: 10 },
  web: { connectionId: 1, resourceId: 20 },
  branch: { connectionId: 1, resourceId: 30 },
  other: { connectionId: 1, resourceId: 21 },
}
type Place = keyof typeof places
const folders = [
  { id: 2, parentId: 1, title: 'Production', createdAt: 0 },
  { id: 1, parentId: null, title: 'Guardpost', createdAt: 0 },
]

const resource = (id: number, type: string, data: object = {}) => ({ id, type, title: type, data: { ...data } })
const acme = resource(10, 'GitHub > Organization')
const web = resource(20, 'GitHub > Repository', {
  name: 'svc-web',
  nameWithOwner: 'acme/svc-web',
  topics: ['prod', 'web'],
  visibility: 'private',
  isArchived: false,
  isFork: false,
})
const properties = { tier: 'gold', regions: ['eu', 'us'], owner: null }
const subjects = {
  acme: { resource: acme, ancestors: [], properties: null },
  web: { resource: web, ancestors: [acme], properties },
  branch: { resource: resource(30, 'GitHub > Branch'), ancestors: [web, acme], properties },
  unknown: { resource: resource(22, 'GitHub > Repository'), ancestors: [acme], properties: null },
}

/** What is said, in the order it was made. */
type Said = {
  readonly at: Place
  readonly selector: Selector | null
  readonly pack: boolean
  readonly rule: PolicyRule
}

const said =
  (precedence: PolicyRule['precedence'], pack: boolean) =>
  (at: Place, value: string, selector: Selector | null = null, times: Partial<PolicyRule> = {}): Said => ({
    ...{ at, selector, pack },
    rule: asks(type.path, value, { precedence, ...times }),
  })
const required = said('required', false)
const recommended = said('recommended', false)
const packRequired = said('required', true)
const packRecommended = said('recommended', true)

function governing(all: readonly Said[]): Governing {
  const settings: PolicySetting[] = []
  const attachments: PolicyAttachment[] = []
  const packs: StoredPack[] = []
  for (const [index, { at, selector, pack, rule }] of all.entries()) {
    const id = index + 1
    const setting = { ...newSetting(places[at], type.path, '', { ...rule, selector }), id, createdAt: 0 }
    if (!pack) settings.push(setting)
    else {
      const { source, origin, setBy } = setting
      const by = { source, origin, setBy, createdAt: 0 }
      packs.push({ ...by, id, connectionId: null, name: `p${id}`, title: '', description: '', settings: [rule] })
      attachments.push({ ...placeOf(places[at]), ...by, id, selector, position: id, packId: id, shippedPack: null })
    }
  }
  return { folders, settings, attachments, packs }
}

const answer = (all: readonly Said[], subject: keyof typeof subjects = 'web', kind: 'app' | 'token' = 'app') =>
  policiesOf({ kind }, governing(all), now).valueFor(type, subjects[subject])

describe('the answer in force', () => {
  it.each<[string, Said[], string]>([
    ['nothing', [], 'default'],
    ['Required on Guardpost', [required('guardpost', 'top')], 'top'],
    ['Required on a folder', [required('production', 'folder')], 'folder'],
    ['Required on the organization', [required('acme', 'org')], 'org'],
    ['Required on the repository', [required('web', 'repo')], 'repo'],
    ['Recommended on Guardpost', [recommended('guardpost', 'top')], 'top'],
    ['Recommended on a folder', [recommended('production', 'folder')], 'folder'],
    ['Recommended on the organization', [recommended('acme', 'org')], 'org'],
    ['Recommended on the repository', [recommended('web', 'repo')], 'repo'],
    ['a setting elsewhere', [required('other', 'no')], 'default'],
    ['a setting below', [required('branch', 'no')], 'default'],
    [
      'Required on every level',
      [
        required('guardpost', 'top'),
        required('production', 'folder'),
        required('acme', 'org'),
        required('web', 'repo'),
      ],
      'repo',
    ],
    ['Required on two levels', [required('guardpost', 'top'), required('production', 'folder')], 'folder'],
    ['Required on a folder and below', [required('production', 'folder'), required('acme', 'org')], 'org'],
    ['Recommended on two levels', [recommended('production', 'folder'), recommended('acme', 'org')], 'org'],
    ['Recommended on every level', [recommended('guardpost', 'top'), recommended('web', 'repo')], 'repo'],
    ['Required above Recommended', [required('guardpost', 'top'), recommended('web', 'repo')], 'top'],
    ['Required below Recommended', [recommended('guardpost', 'top'), required('web', 'repo')], 'repo'],
    [
      'Required between two Recommended',
      [recommended('guardpost', 'top'), required('production', 'folder'), recommended('web', 'repo')],
      'folder',
    ],
  ])('with %s', (_what, all, value) => {
    expect(answer(all).value).toBe(value)
    expect(answer(all.toReversed()).value).toBe(value)
  })

  it.each<[string, Said[], string]>([
    ['a pack counts where it is attached', [packRequired('acme', 'pack')], 'pack'],
    [
      'a Required pack on a folder binds below',
      [packRequired('production', 'pack'), recommended('web', 'repo')],
      'pack',
    ],
    [
      'a nearer Recommended passes a Recommended pack',
      [packRecommended('acme', 'pack'), recommended('web', 'repo')],
      'repo',
    ],
    ['a nearer pack passes a setting above', [required('guardpost', 'top'), packRequired('acme', 'pack')], 'pack'],
    ['a setting beats packs of its place', [packRequired('acme', 'pack'), required('acme', 'org')], 'org'],
    ['a Required pack beats a Recommended setting', [packRequired('acme', 'pack'), recommended('acme', 'org')], 'pack'],
    ['of packs the first wins', [packRequired('acme', 'first'), packRequired('acme', 'second')], 'first'],
    ['of packs a Required one', [packRecommended('acme', 'first'), packRequired('acme', 'second')], 'second'],
    ['of Recommended packs the first', [packRecommended('acme', 'first'), packRecommended('acme', 'second')], 'first'],
  ])('%s', (_what, all, value) => {
    expect(answer(all).value).toBe(value)
  })

  const prod = { topic: 'prod' }
  it.each<[string, Said[], string]>([
    ['for those selected', [required('acme', 'prod', prod)], 'prod'],
    ['for others', [required('acme', 'other', { topic: 'test' })], 'default'],
    ['beats what is for all there', [required('acme', 'prod', prod), required('acme', 'org')], 'prod'],
    [
      'of a pack beats what is set for all there',
      [required('acme', 'org'), packRequired('acme', 'pack', prod)],
      'pack',
    ],
    [
      'is beaten by a setting for the same',
      [packRequired('acme', 'pack', prod), required('acme', 'prod', prod)],
      'prod',
    ],
    ['of a place is beaten by the repository', [required('acme', 'prod', prod), required('web', 'repo')], 'repo'],
    [
      'of a folder is beaten by the organization',
      [required('production', 'prod', prod), required('acme', 'org')],
      'org',
    ],
    ['of a folder reaches down', [packRequired('guardpost', 'pack', prod)], 'pack'],
    ['of two settings the first', [required('acme', 'one', prod), required('acme', 'two', { fork: false })], 'one'],
    [
      'that is Recommended yields to Required for all',
      [recommended('acme', 'prod', prod), required('acme', 'org')],
      'org',
    ],
  ])('a selection %s', (_what, all, value) => {
    expect(answer(all).value).toBe(value)
  })

  it('for a selection of repositories is not for the organization, and is for what is below a repository', () => {
    const all = [required('acme', 'prod', prod)]
    expect(answer(all, 'acme').value).toBe('default')
    expect(answer(all, 'branch').value).toBe('prod')
  })

  it('says what it comes from; where nobody set one it follows the kind of connection', () => {
    expect(answer([], 'web', 'token')).toEqual({
      path: type.path,
      value: 'default of a token',
      by: null,
      fault: null,
      isUnknown: false,
    })
    const { by } = answer([recommended('acme', 'org')])
    expect(by).toMatchObject({ setting: { id: 1, resourceId: 10 }, attachment: null, pack: null, selector: null })
    const pack = answer([packRequired('production', 'pack', prod)]).by
    expect(pack).toMatchObject({
      setting: null,
      attachment: { id: 1, folderId: 2 },
      pack: { name: 'p1' },
      selector: prod,
    })
  })

  it('shows all that speaks to it, from the top down', () => {
    const all = [
      ...[
        required('web', 'repo'),
        recommended('acme', 'org'),
        packRequired('acme', 'pack'),
        required('acme', 'x', prod),
      ],
      ...[required('other', 'no'), required('guardpost', 'top', null, { expiresAt: now }), required('production', 'f')],
    ]
    const statements = policiesOf({ kind: 'app' }, governing(all), now).statements(type, subjects.web)
    expect(statements.map(({ rule }) => rule.value)).toEqual(['top', 'f', 'pack', 'org', 'x', 'repo'])
  })
})

describe('the repository that policy files are in', () => {
  const ofFiles = (all: readonly Said[]): Governing => {
    const { settings, attachments, packs, ...rest } = governing(all)
    const byFile = <Each>(each: Each) => ({ ...each, source: 'file' as const })
    // A pack of files says what they say, whoever attached it.
    return { ...rest, settings: settings.map(byFile), attachments, packs: packs.map(byFile) }
  }
  const beside = { ...subjects.web, resource: { ...web, id: 21 } }

  it.each<[string, Said]>([
    ['a setting for all', required('acme', 'file')],
    ['a setting for a selection', required('acme', 'file', { topic: 'prod' })],
    ['a pack of theirs, attached by hand', packRequired('acme', 'file')],
    ['a setting of its own', required('web', 'file')],
  ])('is governed by nothing of files: %s', (_what, one) => {
    const policies = policiesOf({ kind: 'app' }, ofFiles([one]), now, 20)
    for (const subject of [subjects.web, subjects.branch]) {
      expect(policies.valueFor(type, subject)).toMatchObject({ value: 'default', by: null })
      expect(policies.statements(type, subject).map(({ rule }) => rule.value)).toEqual(['file'])
      expect(policies.silenced(type, subject)).toEqual(policies.statements(type, subject))
    }
    if (one.at === 'acme') expect(policies.valueFor(type, beside).value).toBe('file')
    expect(policies.silenced(type, beside)).toEqual([])
    // The same by hand.
    expect(policiesOf({ kind: 'app' }, governing([one]), now, 20).valueFor(type, subjects.web).value).toBe('file')
  })

  it('makes no exception from what files require of all', () => {
    const files = ofFiles([required('acme', 'file')])
    const all = statementsOf({ ...files, settings: [...files.settings, ...governing([required('web', 'x')]).settings] })
    const own = all.find(({ rule }) => rule.value === 'x')
    if (!own) throw new Error('Nothing is said.')
    const where = { subject: subjects.web, folders }
    expect(requiredAbove(own, all, { ...where, holdsFiles: false }, now)?.rule.value).toBe('file')
    expect(requiredAbove(own, all, { ...where, holdsFiles: true }, now)).toBe(null)
  })
})

describe('a selector', () => {
  it.each<[Selector, boolean]>([
    [{ name: 'svc-*' }, true],
    [{ name: 'SVC-?eb' }, true],
    [{ name: '*' }, true],
    [{ name: '*-*b' }, true],
    [{ name: 'svc' }, false],
    [{ name: 'svc-???b' }, false],
    [{ name: 'acme/svc-*' }, true],
    [{ name: 'other/*' }, false],
    [{ topic: 'prod' }, true],
    [{ topic: 'pro' }, false],
    [{ visibility: ['private', 'internal'] }, true],
    [{ visibility: ['public'] }, false],
    [{ archived: false }, true],
    [{ archived: true }, false],
    [{ fork: false }, true],
    [{ fork: true }, false],
    [{ property: { tier: 'gold' } }, true],
    [{ property: { tier: 'silver' } }, false],
    [{ property: { regions: 'eu' } }, true],
    [{ property: { owner: 'us' } }, false],
    [{ property: { none: 'x' } }, false],
    [{ name: 'svc-*', topic: 'prod', property: { tier: 'gold' }, archived: false }, true],
    [{ name: 'svc-*', topic: 'test' }, false],
  ])('%j matches: %s', (selector, isMatched) => {
    expect(answer([required('acme', 'selected', selector)]).value).toBe(isMatched ? 'selected' : 'default')
    expect(answer([required('acme', 'selected', selector)], 'unknown').value).toBe('default')
  })

  it('of many stars ends soon', () => {
    const name = `${'*a'.repeat(90)}b`
    const all = { ...subjects.web, resource: resource(20, 'GitHub > Repository', { name: 'a'.repeat(100) }) }
    expect(
      policiesOf({ kind: 'app' }, governing([required('acme', 'x', { name })]), now).valueFor(type, all).value,
    ).toBe('default')
  })
})

describe('in time', () => {
  it.each<[string, Partial<PolicyRule>, boolean]>([
    ['without times', {}, true],
    ['from this very moment', { startsAt: now }, true],
    ['from the next moment', { startsAt: now + 1 }, false],
    ['until this very moment', { expiresAt: now }, false],
    ['until the next moment', { expiresAt: now + 1 }, true],
    ['within its time', { startsAt: now - 1, expiresAt: now + 1 }, true],
    ['of yesterday', { startsAt: now - 2, expiresAt: now - 1 }, false],
  ])('what is %s is in force: %s', (_what, times, isInForce) => {
    for (const say of [required, packRequired])
      expect(answer([say('acme', 'set', null, times)]).value).toBe(isInForce ? 'set' : 'default')
  })

  it('what is over lets the next one through', () => {
    const over = { expiresAt: now }
    expect(answer([required('web', 'near', null, over), required('production', 'far')]).value).toBe('far')
    expect(answer([required('guardpost', 'far', null, { startsAt: now + 1 }), recommended('web', 'near')]).value).toBe(
      'near',
    )
  })

  it.each<[Partial<PolicyRule>[], number | null]>([
    [[], null],
    [[{}], null],
    [[{ startsAt: now, expiresAt: now - 1 }], null],
    [[{ startsAt: now + 5, expiresAt: now + 9 }], now + 5],
    [[{ expiresAt: now + 9 }, { startsAt: now + 7 }], now + 7],
  ])('of %j the next change is at %s', (times, next) => {
    const all = times.map((each, index) => (index ? packRequired : required)('acme', 'x', null, each))
    expect(nextChange(governing(all), now)).toBe(next)
  })
})

describe('an exception', () => {
  const prod = { topic: 'prod' }
  it.each<[string, Said[], string | null]>([
    ['Required below Required', [required('web', 'x'), required('acme', 'org')], 'org'],
    ['Required below a folder', [required('web', 'x'), required('guardpost', 'top')], 'top'],
    ['from the nearest', [required('web', 'x'), required('guardpost', 'top'), required('acme', 'org')], 'org'],
    ['Required below a Required pack', [required('web', 'x'), packRequired('production', 'pack')], 'pack'],
    ['a pack below Required', [packRequired('web', 'x'), required('acme', 'org')], 'org'],
    [
      'to come from what is to come',
      [required('web', 'x'), required('acme', 'org', null, { startsAt: now + 9 })],
      'org',
    ],
    ['from a selection it is part of', [required('web', 'x'), required('acme', 'prod', prod)], 'prod'],
    ['a selection from what is for all there', [required('acme', 'x', prod), required('acme', 'org')], 'org'],
    ['a setting from a pack of its place', [required('acme', 'x'), packRequired('acme', 'pack')], 'pack'],
    ['no: Required below Recommended', [required('web', 'x'), recommended('acme', 'org')], null],
    ['no: from what is over', [required('web', 'x'), required('acme', 'org', null, { expiresAt: now })], null],
    ['no: Required above', [required('acme', 'x'), required('web', 'repo')], null],
    ['no: elsewhere', [required('web', 'x'), required('other', 'y')], null],
    ['no: from a selection it is not part of', [required('web', 'x'), required('acme', 'y', { topic: 'test' })], null],
    ['no: between packs of a place', [packRequired('acme', 'x'), packRequired('acme', 'y')], null],
    ['no: between selections', [required('acme', 'x', prod), required('production', 'y', { fork: true })], null],
    ['no: by itself', [required('web', 'x')], null],
  ])('%s', (_what, all, over) => {
    const what = governing(all)
    const statements = statementsOf(what)
    const first = statements.find(({ rule }) => rule.value === 'x')
    if (!first) throw new Error('Nothing is said.')
    const subject = first.place.resourceId === 20 ? subjects.web : subjects.acme
    const found = requiredAbove(first, statements, { subject, folders, holdsFiles: false }, now)
    expect(found?.rule.value ?? null).toBe(over)
  })
})
