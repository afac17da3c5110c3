import { expect, it } from '@jest/globals'
import { gapOf } from '../../src/engine/log-gap.ts'

const hour = 3_600_000
const now = 1_000 * hour
const keptFor = 72 * hour
const reading = (hoursAgo: number, newest: number | null = hoursAgo) => ({
  readAt: now - hoursAgo * hour,
  wholeAt: now - hoursAgo * hour,
  watermark: newest === null ? null : now - newest * hour,
})
const gap = (before: Parameters<typeof gapOf>[0], oldest: number | null = null, since = 0) =>
  gapOf(before, { oldest }, { since, now, keptFor })

it('is there after an outage longer than GitHub keeps its log', () => {
  expect(gap(reading(73), now - hour)).toEqual({ from: now - 73 * hour, oldest: now - hour })
  expect(gap(reading(71, 200))).toBeNull()
})

it('is there where the log should still have what was known, and has not', () => {
  expect(gap(reading(1))).toEqual({ from: now - hour, oldest: null })
})

it('is not there where the log was read to what was known before', () => {
  expect(gapOf(reading(100), null, { since: 0, now, keptFor })).toBeNull()
})

it('is not there on quiet days: what was known last has left the log by age', () => {
  expect(gap(reading(0.1, 100))).toBeNull()
  expect(gap(reading(0.1, null))).toBeNull()
})

it('is there where a log that was empty was not read for too long', () => {
  expect(gap(reading(80, null))).toEqual({ from: now - 80 * hour, oldest: null })
})

it('is no longer than the connection has been there', () => {
  expect(gap(null, null, now - hour)).toBeNull()
  expect(gap(reading(100, 2), null, now - hour)).toBeNull()
  expect(gap(null, null, now - 80 * hour)).toEqual({ from: now - 80 * hour, oldest: null })
})
