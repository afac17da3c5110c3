import { expect, it } from '@jest/globals'
import { goodToken, now } from '../facts.ts'
import { judged } from '../judged.ts'

const day = 24 * 3_600_000
const inDays = (days: number) => new Date(now + days * day).toISOString()
const expiring = (tokenExpiresAt: string | null, tokenKind: 'classic' | 'fine-grained' = 'fine-grained') =>
  judged({ ...goodToken, tokenKind, tokenExpiresAt })

it('a token that ends within 14 days is an Alarm ahead of time, with the page of its kind', () => {
  const soon = inDays(13)
  expect(expiring(soon)).toMatchObject({
    state: 'alarm',
    reason: `The token of acme expires at ${soon}: from then on nothing is seen.`,
    diagnoses: [
      {
        code: 'expiring',
        remedy: {
          who: 'the owner of the token',
          action: 'Make a new fine-grained token, or regenerate this one, and connect acme with it before then.',
          url: 'https://github.com/settings/personal-access-tokens',
        },
      },
    ],
  })
  expect(expiring(soon, 'classic').diagnoses[0]?.remedy?.url).toBe('https://github.com/settings/tokens')
})

it('a token that ends later, or never, is none', () => {
  expect(expiring(inDays(15))).toMatchObject({ state: 'ok' })
  expect(expiring(null)).toMatchObject({ state: 'ok' })
  expect(expiring(null).evidence).toContainEqual({ about: 'Expiry of the token', found: 'never', state: 'ok' })
})
