import { Label } from '@primer/react'
import { ScrollableRegion } from '@primer/react/experimental'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { resourceAsOf } from '../../api/queries.ts'
import type { PastDetail, ResourceDetail } from '../../api/types.ts'
import { Answered } from '../../parts/answered.tsx'
import { exactMoment } from '../../parts/exact-moment.ts'
import { Data, Value } from './data.tsx'
import { TimeSlider } from './time-slider.tsx'

/** The fields of a resource: now, or as of the moment in the page's address. */
export function DataAsOf({ resource }: { resource: ResourceDetail }) {
  const [query, setQuery] = useSearchParams()
  const asOf = query.get('as-of')
  const onAsOf = (moment: string | null) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (moment === null) next.delete('as-of')
        else next.set('as-of', moment)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <TimeSlider id={resource.id} since={resource.createdAt} asOf={momentIn(asOf)} onAsOf={onAsOf} />
      {asOf === null ? <Data resource={resource} /> : <Then resource={resource} asOf={asOf} />}
    </>
  )
}

/** What the address says, if it is a moment; if not, the API says what is wrong with it. */
const momentIn = (asOf: string | null): string | null =>
  asOf === null || Number.isNaN(Date.parse(asOf)) ? null : new Date(asOf).toISOString()

function Then({ resource, asOf }: { resource: ResourceDetail; asOf: string }) {
  const query = useQuery({ ...resourceAsOf(resource.id, asOf), placeholderData: (before) => before })
  return (
    <Answered query={query}>
      {(past) => (
        <>
          <Banner resource={resource} past={past} />
          <Fields resource={resource} past={past} />
        </>
      )}
    </Answered>
  )
}

function Banner({ resource, past }: { resource: ResourceDetail; past: PastDetail }) {
  return (
    <p className="muted past-banner" role="status">
      As of {exactMoment(past.asOf)}: version {past.version}, known since {exactMoment(past.at)}.
      {past.title !== resource.title && ` Its name was ${past.title}.`}
      {past.goneAt !== null && ` It was gone since ${exactMoment(past.goneAt)}: ${past.goneReason ?? 'not known why'}.`}
    </p>
  )
}

/** As one text per value: the order of names within an object means nothing to GitHub, and stays as it was kept. */
const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

function Fields({ resource: { fields }, past: { data } }: { resource: ResourceDetail; past: PastDetail }) {
  return (
    <ScrollableRegion aria-label="Fields as they were" className="box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Then</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, value, source }) => {
            const isKnown = Object.hasOwn(data, name)
            const isOther = isKnown && !isAlike(data[name], value)
            return (
              <tr key={name}>
                <th scope="row" className="field-name">
                  {name}
                </th>
                <td>
                  <Value value={data[name]} known={isKnown} />
                </td>
                <td>
                  {isOther ? (
                    <span className="inline">
                      <Label size="small" variant="attention">
                        Differs
                      </Label>
                      <Value value={value} known />
                    </span>
                  ) : (
                    <span className="muted">
                      {isKnown ? 'the same' : <Value value={value} known={source !== null} />}
                    </span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollableRegion>
  )
}
