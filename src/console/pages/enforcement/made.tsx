import type { EnforcementStanding } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Time } from '../../parts/time.tsx'

/** What was changed within a week, by the change of a policy that asked for it. */
export function Made({ made }: Pick<EnforcementStanding, 'made'>) {
  if (made.length === 0) return null
  return (
    <Section title="Changed within a week">
      <ul className="lines">
        {made.map(({ policy, setAt, count }) => (
          <li key={`${policy} ${setAt}`} className="inline">
            <strong>
              {count.toLocaleString()} of {policy}
            </strong>
            <span className="muted small">{setAt ? <Time at={setAt} /> : 'by default'}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
