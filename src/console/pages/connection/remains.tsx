import type { Removal } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'
import { RemedyLink } from '../../parts/remedy-link.tsx'

/** What is left on GitHub for a person to do. */
export function Remains({ remains }: { remains: Removal['remains'] }) {
  if (remains.length === 0) return null
  return (
    <Section title="Left to you" note="Guardpost cannot do it">
      <ul className="lines">
        {remains.map(({ who, action, url }) => (
          <li key={action}>
            <Words text={action} />
            <span className="cell-sub inline">
              <span>Who can do it: {who}.</span>
              <RemedyLink url={url} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
