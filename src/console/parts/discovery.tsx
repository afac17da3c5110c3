import type { Connection } from '../api/types.ts'
import { Time } from './time.tsx'

/** How far the discovery of an organization has come, as a bar and in words; nothing where none runs. */
export function Discovery({ connection: { discovery, login } }: { connection: Connection }) {
  if (discovery === null) return null
  const { progress, waitsUntil } = discovery
  return (
    <div className="discovery small">
      <progress
        aria-label={`Discovery of ${login}`}
        {...(progress.total !== null && { max: Math.max(progress.total, progress.count, 1), value: progress.count })}
      />
      <span className="muted">
        {`${named(progress.type)}: ${inWords(progress)}`}
        {waitsUntil !== null && (
          <>
            . It waits for GitHub’s limits and goes on <Time at={waitsUntil} />
          </>
        )}
      </span>
    </div>
  )
}

type Progress = NonNullable<Connection['discovery']>['progress']

const named = (type: string): string => `Discovering ${type.split(' > ').at(-1)?.toLowerCase() ?? type}`

const inWords = ({ count, total, perSecond, secondsLeft }: Progress): string =>
  [
    total === null ? count.toLocaleString() : `${count.toLocaleString()} of ${total.toLocaleString()}`,
    `${perSecond.toLocaleString()} a second`,
    ...(secondsLeft === null ? [] : [`about ${length(secondsLeft)} to go`]),
  ].join(', ')

const length = (seconds: number): string => {
  if (seconds < 90) return `${seconds} s`
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`
}
