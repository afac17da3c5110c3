import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { atGate, creation, query, read, type Sent, write } from './at-gate.ts'

const minute = 60_000
const small = {
  concurrency: 4,
  restPointsPerMinute: 40,
  graphPointsPerMinute: 15,
  writesPerMinute: 6,
  creationsPerMinute: 3,
  creationsPerHour: 20,
}

const call = fc.record({
  cost: fc.constantFrom(read, query, write, creation),
  kind: fc.constantFrom('live' as const, 'background' as const),
  /** Since the call before, in milliseconds. */
  after: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 20_000 })),
  takes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 10_000 })),
  /** At which part of its way GitHub counts it. */
  countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
})

/** The most that any stretch of time of this length holds, each request counted at its own moment. */
function most(moments: readonly { at: number; amount: number }[], span: number): number {
  return Math.max(
    0,
    ...moments.map(({ at }) =>
      moments.reduce((sum, each) => (each.at > at - span && each.at <= at ? sum + each.amount : sum), 0),
    ),
  )
}

describe('whatever is asked, whenever, and however long it takes', () => {
  it('GitHub never counts more than its limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 60, maxLength: 250, size: 'max' }), async (calls) => {
        const { time, sent, ask } = atGate(small)
        /** As a job does, which is put off until it is told to come again. */
        const insist = async (name: string, asked: (typeof calls)[number]): Promise<void> => {
          const until = await ask(name, asked.cost, asked)
          if (until === null) return
          await time.sleep(until - time.clock())
          return insist(name, asked)
        }
        let at = 0
        for (const [index, asked] of calls.entries()) {
          at += asked.after
          void time.sleep(at).then(() => insist(String(index), asked))
        }
        await time.run()
        expect(sent).toHaveLength(calls.length)
        const counted = (span: number, amount: (cost: Sent['cost']) => number) =>
          most(
            sent.map(({ name, cost, begunAt, endedAt }) => ({
              at: begunAt + Math.floor((endedAt - begunAt) * (calls[Number(name)]?.countedAt ?? 0)),
              amount: amount(cost),
            })),
            span,
          )
        const points = (resource: string) => (cost: Sent['cost']) => (cost.resource === resource ? cost.points : 0)
        expect(counted(minute, points('core'))).toBeLessThanOrEqual(40)
        expect(counted(minute, points('graphql'))).toBeLessThanOrEqual(15)
        expect(counted(minute, ({ isWrite }) => Number(isWrite))).toBeLessThanOrEqual(6)
        expect(counted(minute, ({ isCreation }) => Number(isCreation))).toBeLessThanOrEqual(3)
        expect(counted(60 * minute, ({ isCreation }) => Number(isCreation))).toBeLessThanOrEqual(20)
        expect(atOnce(sent)).toBeLessThanOrEqual(4)
      }),
      { numRuns: 25, endOnFailure: true },
    )
  }, 30_000)
})

function atOnce(sent: readonly Sent[]): number {
  return Math.max(
    0,
    ...sent.map(({ begunAt }) => sent.filter((s) => s.begunAt <= begunAt && s.endedAt > begunAt).length),
  )
}
