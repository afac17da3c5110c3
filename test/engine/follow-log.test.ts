import { beforeEach, describe, expect, it } from '@jest/globals'
import { followLog } from '../../src/engine/follow-log.ts'
import type { LogEntry } from '../../src/model/delivery-log.ts'

/** A log of attempts with these ids, delivered at so many seconds each, in pages of three, and what was asked of it. */
let log: number[]
let asked: (string | null)[]
let known: Set<number>
beforeEach(() => {
  log = []
  asked = []
  known = new Set()
})

const paged = {
  async page(cursor: string | null) {
    asked.push(cursor)
    const newestFirst = log.toSorted((a, b) => b - a).filter((id) => cursor === null || id < Number(cursor))
    const entries = newestFirst.slice(0, 3).map((id) => ({ githubId: id, deliveredAt: id * 1_000 }) as LogEntry)
    return { entries, next: newestFirst.length > 3 ? String(newestFirst[2]) : null }
  },
}
const keep = async (entries: readonly LogEntry[]) => {
  const fresh = entries.filter(({ githubId }) => !known.has(Number(githubId)))
  for (const { githubId } of fresh) known.add(Number(githubId))
  return fresh.length
}
const follow = (before: Parameters<typeof followLog>[2], mostPages = 50) => followLog(paged, keep, before, mostPages)
const minutes = (...numbers: number[]) => numbers.map((number) => number * 60)

it('reads an empty log', async () => {
  expect(await follow(null)).toEqual({ watermark: null, rest: null, end: { oldest: null } })
  expect(asked).toEqual([null])
})

it('reads all of it at first', async () => {
  log = minutes(1, 2, 3, 4, 5, 6, 7)
  expect(await follow(null)).toEqual({ watermark: 420_000, rest: null, end: { oldest: 60_000 } })
  expect(known).toEqual(new Set(log))
  expect(asked).toEqual([null, '300', '120'])
})

describe('after the first time', () => {
  beforeEach(async () => {
    log = minutes(1, 2, 3, 4, 5, 6, 7)
    await follow(null)
    asked = []
  })

  it('asks for one page when there is nothing new', async () => {
    expect(await follow({ watermark: 420_000, rest: null })).toEqual({ watermark: 420_000, rest: null, end: null })
    expect(asked).toEqual([null])
  })

  it('asks for one page when what is new, and what is known from before it, stand on it', async () => {
    log.push(480)
    expect(await follow({ watermark: 420_000, rest: null })).toEqual({ watermark: 480_000, rest: null, end: null })
    expect(asked).toEqual([null])
    expect(known.has(480)).toBe(true)
  })

  it('reads on where the page ends within the watermark: what ended late may stand on the next one', async () => {
    log.push(...minutes(8, 9), 419)
    await follow({ watermark: 420_000, rest: null })
    expect(asked).toEqual([null, '420'])
    expect(known.has(419)).toBe(true)
  })

  it('reads as many pages as it takes to come to what it knows', async () => {
    log.push(...minutes(8, 9, 10, 11))
    expect(await follow({ watermark: 420_000, rest: null })).toEqual({ watermark: 660_000, rest: null, end: null })
    expect(asked).toEqual([null, '540'])
    expect(known).toEqual(new Set(log))
  })

  it('says that the log ended before what it knows, and begins anew', async () => {
    log = minutes(9, 10, 11, 12)
    const ended = { watermark: 720_000, rest: null, end: { oldest: 540_000 } }
    expect(await follow({ watermark: 420_000, rest: null })).toEqual(ended)
    log = []
    expect(await follow({ watermark: 720_000, rest: null })).toEqual({
      watermark: null,
      rest: null,
      end: { oldest: null },
    })
  })
})

describe('with more pages than may be read at once', () => {
  it('notes where it broke off, and reads the rest next time', async () => {
    log = minutes(1, 2, 3, 4, 5, 6, 7, 8, 9)
    const first = await follow(null, 1)
    expect(first).toEqual({ watermark: 540_000, rest: { cursor: '420', downTo: null }, end: null })
    log.push(600)
    asked = []
    const second = await follow(first, 1)
    expect(second).toEqual({ watermark: 600_000, rest: { cursor: '240', downTo: null }, end: null })
    expect(asked).toEqual([null, '420'])
    expect(await follow(second, 1)).toEqual({ watermark: 600_000, rest: null, end: { oldest: 60_000 } })
    expect(known).toEqual(new Set(log))
  })

  it('loses nothing when the log outruns it before the rest was read', async () => {
    log = minutes(1, 2, 3)
    let reading = await follow(null, 1)
    expect(reading).toEqual({ watermark: 180_000, rest: null, end: { oldest: 60_000 } })
    log.push(...minutes(4, 5, 6, 7, 8, 9))
    reading = await follow(reading, 1)
    expect(reading).toEqual({ watermark: 540_000, rest: { cursor: '420', downTo: 180_000 }, end: null })
    log.push(...minutes(10, 11, 12, 13, 14, 15))
    reading = await follow(reading, 1)
    expect(reading).toEqual({ watermark: 900_000, rest: { cursor: '780', downTo: 180_000 }, end: null })
    for (let times = 0; reading.rest && times < 10; times++) reading = await follow(reading, 1)
    expect(reading).toEqual({ watermark: 900_000, rest: null, end: null })
    expect(known).toEqual(new Set(log))
  })
})
