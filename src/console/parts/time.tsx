import { useSyncExternalStore } from 'react'

/** One clock for all times on the page, in steps of this many milliseconds. */
const step = 10_000
const now = (): number => Math.floor(Date.now() / step) * step
const everyStep = (tick: () => void): (() => void) => {
  const timer = setInterval(tick, step)
  return () => clearInterval(timer)
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 minutes ago`, `in 2 days`; both in milliseconds. */
function fromNow(at: number, present: number): string {
  const distance = at - present
  const [unit, length] = units.find(([, size]) => Math.abs(distance) >= size) ?? []
  if (unit === undefined || length === undefined) return distance > step ? 'in a moment' : 'just now'
  return relative.format(Math.trunc(distance / length), unit)
}

/** How long ago, with the exact time in the viewer's zone for who points at it. */
export function Time({ at }: { at: string }) {
  const present = useSyncExternalStore(everyStep, now)
  const moment = Date.parse(at)
  return (
    <time dateTime={at} title={exact.format(moment)}>
      {fromNow(moment, present)}
    </time>
  )
}
