import { expect, it, jest } from '@jest/globals'
import { enforceAll, enforceCapped } from '../../bench/enforce/enforce.ts'

jest.setTimeout(120_000)

it('enforces a confirmed plan within GitHub’s limits, killed halfway and taken up again, each change made and told once', async () => {
  expect(await enforceAll({ repositories: 60, capped: 20 })).toMatchObject({
    planned: 60,
    writtenUnconfirmed: 0,
    changed: 60,
    writes: 60,
    told: 60,
    limitsHit: 0,
    progressLines: 1,
  })
})

it('goes as far as a cap lets it, and on when a person releases the rest', async () => {
  expect(await enforceCapped({ repositories: 12, capped: 5 })).toMatchObject({
    untilReleased: 5,
    waited: 7,
    mostWithinHour: 5,
    changed: 12,
    limitsHit: 0,
  })
})
