import { AlertIcon, CheckIcon, XIcon } from '@primer/octicons-react'
import type { Connected } from '../../api/types.ts'
import { Section } from '../../parts/page.tsx'
import { Words } from '../../parts/prose.tsx'

const looks = {
  ok: { look: 'ok', icon: <CheckIcon aria-label="Fine" /> },
  warning: { look: 'alarm', icon: <AlertIcon aria-label="Works in part" /> },
  refused: { look: 'error', icon: <XIcon aria-label="Does not work" /> },
} as const

/** What was found when a connection was tried. */
export function Findings({ connected: { findings } }: { connected: Connected }) {
  return (
    <Section title="What was found">
      <ul className="lines">
        {findings.map(({ about, found, level, remedy }) => (
          <li key={`${about} ${found}`}>
            <span className={`state state-${looks[level].look}`}>
              {looks[level].icon} {about}
            </span>
            <span className="cell-sub">
              <Words text={remedy ? `${found} ${remedy.action}` : found} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
