import { useQuery } from '@tanstack/react-query'
import { enforcementStops } from '../../api/queries.ts'
import { Section } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'

/** Who stopped enforcement and let it go on. */
export function Stops({ id }: { id: number }) {
  const { data } = useQuery(enforcementStops(id))
  if (!data || data.length === 0) return null
  return (
    <Section title="Stops">
      <ul className="lines">
        {data.map(({ everywhere, to, by, why, at }) => (
          <li key={`${at} ${everywhere} ${to}`}>
            {to === 'stopped' ? 'Stopped' : 'Resumed'} {everywhere && 'everywhere '}by {by}
            <span className="cell-sub">
              <Time at={at} />
              {why && `: ${why}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
