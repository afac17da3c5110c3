import { describe, expect, it } from '@jest/globals'
import { goodApp, goodToken, minute, now, without } from './facts.ts'
import { judged } from './judged.ts'

describe('what is not known', () => {
  /** Facts that only word a remedy, or say what an App would have to request if anything were missing. */
  const wordsOnly = [
    'login',
    'requested',
    'requestedEvents',
    'installationUrl',
    'appSettingsUrl',
    'appOwner',
    'appSlug',
  ]
  const ofTokens = ['tokenKind', 'tokenScopes', 'tokenExpiresAt']
  const notLookedAt = { app: ['proofs'], token: ['needs', 'neededEvents', 'appHookUrl'] }

  const cases = [goodApp, goodToken].flatMap((good) =>
    Object.keys(good).map((fact) => [good.kind ?? 'app', fact, good] as const),
  )
  const isNeeded = ([kind, fact]: (typeof cases)[number]) =>
    ![...wordsOnly, ...ofTokens, ...notLookedAt[kind]].includes(fact)

  it.each(cases.filter(isNeeded))('of an %s, %s, is never a pass', (kind, fact, good) => {
    const source = kind === 'app' ? 'GitHub App' : 'Organization webhook'
    expect(judged(without(good, fact), { source }).state).not.toBe('ok')
  })

  it.each(cases.filter((each) => !isNeeded(each)))('of an %s, %s, tells nothing about the events', (_, fact, good) => {
    expect(judged(without(good, fact)).state).toBe('ok')
  })

  it.each([
    ['needs', 'Permissions: not known.'],
    ['granted', 'Permissions: not known.'],
    ['grantedEvents', 'Events: not known.'],
    ['refusals', 'Calls to GitHub: not known.'],
    ['repositorySelection', 'Repositories covered: not known.'],
    ['appHook', 'Webhook of the App: not known yet.'],
    ['hooks', 'Organization webhook: not known.'],
  ])('is TBD where it is %s', (fact, reason) => {
    const verdict = judged(without(goodApp, fact))
    expect(verdict).toMatchObject({ state: 'tbd', diagnoses: [] })
    expect(verdict.reason).toContain(reason)
  })

  it('is everything before the connection was read', () => {
    for (const facts of [null, {}, { login: 'acme' }])
      expect(judged(facts)).toMatchObject({ state: 'tbd', reason: 'The connection has not been read yet.' })
  })

  it('is whatever the connection’s refused read would have told, however good it was before', () => {
    const refusal = { code: 'bad-credentials', reason: 'Bad credentials.' } as const
    expect(judged(goodApp, {}, { refusal })).toEqual({
      state: 'error',
      reason: 'Bad credentials.',
      evidence: [],
      diagnoses: [refusal],
      recheckAt: now + 10 * minute,
    })
  })
})
