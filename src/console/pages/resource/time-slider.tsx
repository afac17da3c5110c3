import { ChevronLeftIcon, ChevronRightIcon } from '@primer/octicons-react'
import { Button, FormControl, IconButton, TextInput } from '@primer/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { pagesOf, resourceVersions } from '../../api/queries.ts'
import { exactMoment, localOf } from '../../parts/exact-moment.ts'

/** How many places the slider has. */
const places = 1_000
/** A drag is followed at the end, not at each of its places, in milliseconds. */
const settling = 150

interface SliderProps {
  readonly id: number
  /** When it was first recorded. */
  readonly since: string
  /** Null: now. */
  readonly asOf: string | null
  readonly onAsOf: (asOf: string | null) => void
}

/** Chooses a moment in the life of a resource: by a slider, from version to version, or by date and time. */
export function TimeSlider({ id, since, asOf, onAsOf }: SliderProps) {
  const { data } = useInfiniteQuery(pagesOf(resourceVersions(id)))
  const [now] = useState(Date.now)
  const start = Math.min(Date.parse(since), now - 1)
  const span = now - start
  const ticks = (data?.pages ?? []).flatMap(({ items }) => items.map(({ at }) => Date.parse(at))).toReversed()
  const [place, setPlace] = useState<number | null>(null)
  const chosen = asOf === null ? now : Date.parse(asOf)
  const shown = place ?? Math.round(((chosen - start) / span) * places)
  const momentAt = (at: number) =>
    at >= places ? null : new Date(start + Math.round((at / places) * span)).toISOString()
  const said = place === null ? asOf : momentAt(place)
  useEffect(() => {
    if (place === null) return
    const timer = setTimeout(() => {
      onAsOf(momentAt(place))
      setPlace(null)
    }, settling)
    return () => clearTimeout(timer)
  })
  const before = ticks.findLast((tick) => tick < chosen)
  const after = ticks.find((tick) => tick > chosen)
  return (
    <fieldset className="slider">
      <legend className="only-read">The moment that is shown</legend>
      <Step label="Version before" icon="before" to={before} onAsOf={onAsOf} />
      <div className="slider-track">
        <input
          type="range"
          min={0}
          max={places}
          value={Math.max(0, Math.min(places, shown))}
          aria-label="Moment"
          aria-valuetext={said === null ? 'Now' : exactMoment(said)}
          onChange={({ target }) => setPlace(Number(target.value))}
        />
        <Ticks shares={ticks.map((tick) => (tick - start) / span)} />
      </div>
      <Step label="Version after" icon="after" to={after} onAsOf={onAsOf} />
      <Exact asOf={said} since={since} onAsOf={onAsOf} />
      <Button size="medium" disabled={asOf === null} onClick={() => onAsOf(null)}>
        Now
      </Button>
    </fieldset>
  )
}

function Step({
  label,
  icon,
  to,
  onAsOf,
}: {
  label: string
  icon: 'before' | 'after'
  to: number | undefined
  onAsOf: SliderProps['onAsOf']
}) {
  return (
    <IconButton
      icon={icon === 'before' ? ChevronLeftIcon : ChevronRightIcon}
      aria-label={label}
      disabled={to === undefined}
      onClick={() => to !== undefined && onAsOf(new Date(to).toISOString())}
    />
  )
}

/** Where its versions begin; the Timeline says the same in words. */
const Ticks = ({ shares }: { shares: readonly number[] }): ReactNode => (
  <span className="slider-ticks" aria-hidden>
    {[...new Set(shares.map((share) => Math.round(Math.min(1, share) * places)))].map((share) => (
      <span key={share} style={{ left: `${share / (places / 100)}%` }} />
    ))}
  </span>
)

/** What is typed is taken when the field is left, or by Enter. */
function Exact({ asOf, since, onAsOf }: Pick<SliderProps, 'asOf' | 'since' | 'onAsOf'>) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed !== null) onAsOf(typed === '' ? null : new Date(typed).toISOString())
    setTyped(null)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <FormControl>
        <FormControl.Label visuallyHidden>Date and time</FormControl.Label>
        <TextInput
          type="datetime-local"
          step={1}
          min={localOf(since)}
          value={typed ?? (asOf === null ? '' : localOf(asOf))}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={take}
        />
      </FormControl>
    </form>
  )
}
