/** When changes may be made: on these days (0: Sunday), from a minute of the day to another, by the clock of a zone. */
interface ChangeWindow {
  readonly days: ReadonlySet<number>
  readonly from: number
  /** Not after `from`: on the next day. */
  readonly to: number
  readonly clock: Intl.DateTimeFormat
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const minute = 60_000
const minutesOfDay = 24 * 60

const form = /^(?:([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? )?(\d\d):(\d\d)-(\d\d):(\d\d) (\S+)$/
const example = 'It takes a window like `Mon-Fri 09:00-17:00 Europe/Zurich`'

/** What is wrong with a window as text; null when nothing is. */
export function wrongWindow(text: string): string | null {
  const read = readWindow(text)
  return typeof read === 'string' ? read : null
}

function readWindow(text: string): ChangeWindow | string {
  const [, first, last, ...rest] = form.exec(text) ?? []
  const [fromHour, fromMinute, toHour, toMinute] = rest.map(Number)
  if (rest.length === 0) return `${example}.`
  const from = minuteOf(fromHour, fromMinute)
  const to = minuteOf(toHour, toMinute)
  if (from === null || to === null || from === minutesOfDay || from === to)
    return `${example}: times from 00:00 to 24:00, which differ.`
  const days = daysOf(first, last)
  if (!days) return `${example}: the days are ${dayNames.join(', ')}.`
  const clock = clockOf(rest[4] ?? '')
  return clock ? { days, from, to, clock } : `${example}: there is no time zone ${rest[4]}; UTC is one.`
}

function minuteOf(hour = Number.NaN, minutes = Number.NaN): number | null {
  const at = hour * 60 + minutes
  return minutes < 60 && at <= minutesOfDay ? at : null
}

/** From one day to another, over the end of the week if need be; without any, all of them. */
function daysOf(first?: string, last = first): ReadonlySet<number> | null {
  if (first === undefined || last === undefined) return new Set(dayNames.keys())
  const [from, to] = [dayNames.indexOf(first), dayNames.indexOf(last)]
  if (from < 0 || to < 0) return null
  const count = ((to - from + 7) % 7) + 1
  return new Set(Array.from({ length: count }, (_, index) => (from + index) % 7))
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    return new Intl.DateTimeFormat('en-US', { timeZone, ...parts })
  } catch {
    return null
  }
}

/**
 * When the first of the windows opens, in milliseconds: `now` itself while one is open. Null: none ever does. No windows at
 * all are no bounds.
 */
export function opening(windows: readonly string[], now: number): number | null {
  if (windows.length === 0) return now
  const openings = windows.flatMap((text) => {
    const window = readWindow(text)
    return typeof window === 'string' ? [] : (openingOf(window, now) ?? [])
  })
  return openings.length === 0 ? null : Math.min(...openings)
}

/**
 * The clock of the zone alone says what time it is, so that days of 23 and 25 hours are as long as they are: it is asked at
 * the moment a window should open, and again from there should it have been set meanwhile.
 */
function openingOf(window: ChangeWindow, now: number): number | null {
  if (isOpen(window, now)) return now
  let at = now - (now % minute)
  for (let jumps = 0; jumps < 20; jumps++) {
    const { minutes } = timeAt(window, at)
    at += (minutes < window.from ? window.from - minutes : minutesOfDay - minutes) * minute
    if (isOpen(window, at)) return firstOpen(window, at, now)
  }
  return null
}

/** A clock that was set forward passed the moment: it opened when that was done. */
function firstOpen(window: ChangeWindow, opened: number, now: number): number {
  let at = opened
  while (at - minute > now && isOpen(window, at - minute)) at -= minute
  return at
}

function isOpen(window: ChangeWindow, at: number): boolean {
  const { days, from, to } = window
  const { day, minutes } = timeAt(window, at)
  if (from < to) return days.has(day) && minutes >= from && minutes < to
  return (days.has(day) && minutes >= from) || (days.has((day + 6) % 7) && minutes < to)
}

function timeAt({ clock }: ChangeWindow, at: number): { day: number; minutes: number } {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: dayNames.indexOf(parts.weekday ?? ''), minutes: Number(parts.hour) * 60 + Number(parts.minute) }
}
