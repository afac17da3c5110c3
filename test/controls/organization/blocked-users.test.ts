import { describe, expect, it } from '@jest/globals'
import { organizationBlockedUsers } from '../../../src/controls/organization/blocked-users.ts'
import { judges } from '../judges.ts'
import { recordingGitHub } from '../recording-github.ts'
import { resourceOf } from '../resource.ts'
import { organizationSaying } from '../saying.ts'

const now = 1_000
const refusal = {
  code: 'permission-not-granted',
  reason: 'GET /orgs/{org}/blocks was refused: the token lacks `organization_user_blocking: read`.',
} as const

const input = (usernames: readonly string[], blocked: object | null) =>
  ({
    resource: resourceOf('GitHub > Organization', { login: 'acme' }),
    related: { blocked: blocked && resourceOf('GitHub > Blocked Users', blocked) },
    wanted: 'Block Users',
    values: { usernames },
    now,
  }) as unknown as Parameters<typeof organizationBlockedUsers.evaluate>[0]

const blocked = (usernames: readonly string[] | undefined, named: readonly string[]) => ({
  values: { usernames: named },
  related: { blocked: resourceOf('GitHub > Blocked Users', { ...(usernames && { usernames }) }) },
})
const put = { 'PUT /orgs/{org}/blocks/{username}': { org: 'acme', username: 'eve' } }

judges(
  organizationBlockedUsers,
  organizationSaying,
  [
    ['Block Users', {}, 'ok: All who are named are blocked.', null, blocked(['eve', 'sybil'], ['Eve'])],
    ['Block Users', {}, 'alarm: Not blocked: eve.', put, blocked(['sybil'], ['Sybil', 'eve'])],
    ['Block Users', {}, 'ok: Nobody is named.', null, blocked(['sybil'], [])],
    ['Block Users', {}, 'tbd: Who is blocked has not been read yet.', null, blocked(undefined, ['eve'])],
  ],
  { values: { usernames: ['eve'] } },
)

const judged = (usernames: readonly string[], blocked: object | null) => {
  const { state, reason, recheckAt } = organizationBlockedUsers.evaluate(input(usernames, blocked))
  expect(recheckAt).toBe(601_000)
  return `${state}: ${reason}`
}

describe('Blocked Users', () => {
  it.each([
    ['nobody is named, whoever is blocked', [], ['mallory'], 'ok: Nobody is named.'],
    [
      'all are blocked, in any case of letters',
      ['Mallory', 'eve'],
      ['eve', 'mallory', 'sybil'],
      'ok: All who are named are blocked.',
    ],
    ['some are not', ['mallory', 'eve', 'sybil'], ['eve'], 'alarm: Not blocked: mallory, sybil.'],
  ])('where %s', (_what, named, usernames, expected) => {
    expect(judged(named, { usernames })).toBe(expected)
  })

  it('is TBD until it was read, and an Error that names what was refused', () => {
    expect(judged(['eve'], null)).toBe('tbd: Who is blocked has not been read yet.')
    expect(judged(['eve'], {})).toBe('tbd: Who is blocked has not been read yet.')
    const refused = { related: { blocked: resourceOf('GitHub > Blocked Users', { usernames: ['eve'] }, { refusal }) } }
    const verdict = organizationBlockedUsers.evaluate({ ...input(['eve'], {}), ...refused } as never)
    expect(verdict).toMatchObject({ state: 'error', reason: refusal.reason, diagnoses: [refusal] })
  })

  it('says of each who is named whether they are blocked', () => {
    const { evidence } = organizationBlockedUsers.evaluate(input(['mallory', 'eve'], { usernames: ['eve'] }))
    expect(evidence.map(({ about, found, state }) => [about, found, state])).toEqual([
      ['User mallory', 'not blocked', 'alarm'],
      ['User eve', 'blocked', 'ok'],
    ])
  })

  it('blocks those who are not, and nobody where it is not known who is', async () => {
    const { github, asked } = recordingGitHub({ 'PUT /orgs/{org}/blocks/{username}': () => ({ data: undefined }) })
    const enforce = (blocked: object) =>
      organizationBlockedUsers.enforce?.({
        ...input(['mallory', 'eve'], blocked),
        connection: { login: 'acme' },
        github,
      } as never)
    await enforce({})
    expect(asked).toEqual([])
    await enforce({ usernames: ['eve', 'sybil'] })
    expect(asked).toEqual([
      { route: 'PUT /orgs/{org}/blocks/{username}', parameters: { org: 'acme', username: 'mallory' } },
    ])
  })
})
