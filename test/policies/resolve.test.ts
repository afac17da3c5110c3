import { describe, expect, it } from '@jest/globals'
import type { PolicySetting, PolicyType, Precedence } from '../../src/model/policy.ts'
import { resolve } from '../../src/policies/resolve.ts'

const type: PolicyType = {
  path: 'GitHub > Repository > Visibility',
  question: 'Who may see it.',
  kind: 'choice',
  default: ({ kind }) => (kind === 'app' ? 'default of an App' : 'default of a token'),
}

const [repository, organization, folder, elsewhere] = [3, 2, 1, 9]
const ancestry = [repository, organization, folder]
const now = 1_000_000

const set = (
  resourceId: number,
  precedence: Precedence,
  value: string,
  more: Partial<PolicySetting> = {},
): PolicySetting => ({
  id: resourceId,
  connectionId: 1,
  resourceId,
  path: type.path,
  value,
  precedence,
  note: null,
  startsAt: null,
  expiresAt: null,
  setBy: 'mona',
  createdAt: 0,
  ...more,
})

const required = (resourceId: number, value: string, more?: Partial<PolicySetting>) =>
  set(resourceId, 'required', value, more)
const recommended = (resourceId: number, value: string, more?: Partial<PolicySetting>) =>
  set(resourceId, 'recommended', value, more)

const answer = (...settings: PolicySetting[]) => resolve(type, settings, ancestry, { kind: 'app' }, now).value

describe('the answer in force', () => {
  it.each<[string, PolicySetting[], string]>([
    ['nothing', [], 'default of an App'],
    ['one Required above', [required(folder, 'far')], 'far'],
    ['one Recommended above', [recommended(folder, 'far')], 'far'],
    [
      'Required on three levels',
      [required(folder, 'far'), required(organization, 'mid'), required(repository, 'near')],
      'near',
    ],
    ['Required on two levels, the far one said last', [required(organization, 'mid'), required(folder, 'far')], 'mid'],
    ['Recommended on two levels', [recommended(folder, 'far'), recommended(organization, 'mid')], 'mid'],
    ['Required above a nearer Recommended', [required(folder, 'far'), recommended(repository, 'near')], 'far'],
    ['Required below a farther Recommended', [recommended(folder, 'far'), required(repository, 'near')], 'near'],
    ['a setting elsewhere', [required(elsewhere, 'other')], 'default of an App'],
    [
      'a setting of another policy',
      [required(repository, 'other', { path: `${type.path} > Note` })],
      'default of an App',
    ],
  ])('with %s', (_what, settings, value) => {
    expect(answer(...settings)).toBe(value)
    expect(answer(...settings.toReversed())).toBe(value)
  })

  it('follows the kind of connection where nobody set one', () => {
    expect(resolve(type, [], ancestry, { kind: 'token' }, now)).toEqual({
      path: type.path,
      value: 'default of a token',
      setting: null,
    })
  })

  it('says which setting it comes from', () => {
    const setting = recommended(organization, 'mid')
    expect(resolve(type, [setting], ancestry, { kind: 'app' }, now)).toEqual({ path: type.path, value: 'mid', setting })
  })
})

describe('a setting', () => {
  it.each<[string, Partial<PolicySetting>, boolean]>([
    ['without times', {}, true],
    ['from this very moment', { startsAt: now }, true],
    ['from the next moment', { startsAt: now + 1 }, false],
    ['until this very moment', { expiresAt: now }, false],
    ['until the next moment', { expiresAt: now + 1 }, true],
    ['within its time', { startsAt: now - 1, expiresAt: now + 1 }, true],
    ['of yesterday', { startsAt: now - 2, expiresAt: now - 1 }, false],
  ])('%s is in force: %s', (_what, times, isInForce) => {
    expect(answer(required(organization, 'set', times))).toBe(isInForce ? 'set' : 'default of an App')
  })

  it('that is over lets the next one through', () => {
    expect(answer(required(repository, 'near', { expiresAt: now }), required(folder, 'far'))).toBe('far')
    expect(answer(required(folder, 'far', { startsAt: now + 1 }), recommended(repository, 'near'))).toBe('near')
  })
})
