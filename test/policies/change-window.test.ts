import { describe, expect, it } from '@jest/globals'
import { opening, wrongWindow } from '../../src/policies/change-window.ts'

const at = (time: string) => Date.parse(time)

/** Windows, a moment, and when they open; the same moment where they are open. */
const rows: [windows: string[], now: string, opens: string][] = [
  [[], '2026-01-03T12:00:00Z', '2026-01-03T12:00:00Z'],
  // Zurich is one hour ahead of UTC in winter, two in summer.
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-01-05T08:00:00Z', '2026-01-05T08:00:00Z'],
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-01-05T07:59:30Z', '2026-01-05T08:00:00Z'],
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-01-05T15:59:59Z', '2026-01-05T15:59:59Z'],
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-01-05T16:00:00Z', '2026-01-06T08:00:00Z'],
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-01-09T16:00:00Z', '2026-01-12T08:00:00Z'],
  [['Mon-Fri 09:00-17:00 Europe/Zurich'], '2026-07-03T16:00:00Z', '2026-07-06T07:00:00Z'],
  // Over the weekend in which the clock is set forward (29 March), and back (25 October).
  [['Mon 09:00-17:00 Europe/Zurich'], '2026-03-27T12:00:00Z', '2026-03-30T07:00:00Z'],
  [['Mon 09:00-17:00 Europe/Zurich'], '2026-10-23T12:00:00Z', '2026-10-26T08:00:00Z'],
  // 02:30 is not there on 29 March: at 01:00 UTC it is 03:00 at once.
  [['Sun 02:30-04:00 Europe/Zurich'], '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
  // 02:30 is there twice on 25 October: the first counts.
  [['Sun 02:30-02:45 Europe/Zurich'], '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
  // Midnight is crossed, the end belongs to the day it began on.
  [['Fri 22:00-06:00 UTC'], '2026-01-10T05:59:00Z', '2026-01-10T05:59:00Z'],
  [['Fri 22:00-06:00 UTC'], '2026-01-10T06:00:00Z', '2026-01-16T22:00:00Z'],
  [['Fri 22:00-06:00 UTC'], '2026-01-09T05:00:00Z', '2026-01-09T22:00:00Z'],
  // A week ends where it likes, and no day is every day.
  [['Sat-Mon 00:00-24:00 Asia/Kathmandu'], '2026-01-09T12:00:00Z', '2026-01-09T18:15:00Z'],
  [['01:00-02:00 America/New_York'], '2026-01-09T12:00:00Z', '2026-01-10T06:00:00Z'],
  // The first of several.
  [['Mon 09:00-10:00 UTC', 'Sun 20:00-21:00 UTC'], '2026-01-10T12:00:00Z', '2026-01-11T20:00:00Z'],
  [['Mon 09:00-10:00 UTC', 'Sat 11:00-13:00 UTC'], '2026-01-10T12:00:00Z', '2026-01-10T12:00:00Z'],
]

describe('change windows', () => {
  it.each(rows)('%j at %s open at %s', (windows, now, opens) => {
    expect(new Date(opening(windows, at(now)) ?? 0).toISOString()).toBe(new Date(opens).toISOString())
  })

  it('that cannot be read never open', () => {
    expect(opening(['whenever'], at('2026-01-10T12:00:00Z'))).toBeNull()
  })

  it.each([
    ['Mon-Fri 09:00-17:00', 'It takes a window like'],
    ['Mon-Fry 09:00-17:00 UTC', 'the days are Sun, Mon'],
    ['Mon-Fri 9:00-17:00 UTC', 'It takes a window like'],
    ['Mon-Fri 09:00-25:00 UTC', 'times from 00:00 to 24:00'],
    ['Mon-Fri 09:60-10:00 UTC', 'times from 00:00 to 24:00'],
    ['Mon-Fri 09:00-09:00 UTC', 'which differ'],
    ['Mon-Fri 09:00-17:00 Europe/Zuerich', 'there is no time zone Europe/Zuerich'],
  ])('%s is refused with what would be right', (text, why) => {
    expect(wrongWindow(text)).toContain(why)
  })

  it('are taken as they are meant', () => {
    for (const text of ['Mon-Fri 09:00-17:00 Europe/Zurich', 'Sat 22:00-02:00 UTC', '00:00-24:00 America/Sao_Paulo'])
      expect(wrongWindow(text)).toBeNull()
  })
})
