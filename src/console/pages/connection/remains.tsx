import { LinkExternalIcon } from '@primer/octicons-react'
import type { Removal } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'

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
              {url && (
                <a href={url} target="_blank" rel="noreferrer" className="link">
                  Open the page where it is done <LinkExternalIcon size={12} aria-hidden />
                  <span className="only-read"> (in a new tab)</span>
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
