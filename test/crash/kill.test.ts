import { expect, it } from '@jest/globals'
import { isSound, type Kill, killRounds } from './kill-rounds.ts'

it('killed while deliveries come in, it processes every one it answered, and says nothing twice', async () => {
  const kills: Kill[] = []
  for await (const kill of killRounds(5, 7)) kills.push(kill)
  expect(kills).toHaveLength(5)
  expect(kills.filter((kill) => !isSound(kill))).toEqual([])
  const most = (of: (kill: Kill) => number) => Math.max(...kills.map(of))
  expect(most(({ answered }) => answered)).toBeGreaterThan(0)
  expect(most(({ unprocessed }) => unprocessed)).toBeGreaterThan(0)
  expect([most(({ issues }) => issues), most(({ checkRuns }) => checkRuns), most(({ hooks }) => hooks)]).toEqual([
    1, 1, 1,
  ])
}, 60_000)
