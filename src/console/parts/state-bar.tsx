import { Link } from 'wouter'
import type { ControlState } from '../api/types.ts'
import { stateNames, states } from './state.tsx'

type Counts = Readonly<Record<string, number>>

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** How many stand in each state, as one bar; the counts beside it say the same in words. */
export function StateBar({ counts }: { counts: Counts }) {
  const present = stateNames.filter((state) => (counts[state] ?? 0) > 0)
  return (
    <span className="state-bar" aria-hidden>
      {present.map((state) => (
        <span key={state} className={`state-fill-${state}`} style={{ flexGrow: counts[state] ?? 0 }} />
      ))}
    </span>
  )
}

/** `2 Error · 5 OK`, each a link to those. */
export function StateCounts({ counts, href }: { counts: Counts; href?: (state: ControlState) => string }) {
  const present = stateNames.filter((state) => (counts[state] ?? 0) > 0)
  if (present.length === 0) return <span className="muted">None yet</span>
  return (
    <ul className="state-counts">
      {present.map((state) => (
        <li key={state}>
          <Count state={state} count={counts[state] ?? 0} {...(href && { href: href(state) })} />
        </li>
      ))}
    </ul>
  )
}

function Count({ state, count, href }: { state: ControlState; count: number; href?: string }) {
  const { icon: Glyph, label } = states[state]
  const said = (
    <>
      <Glyph size={16} aria-hidden />
      <strong>{count.toLocaleString()}</strong> {label}
    </>
  )
  const look = `state state-${state}`
  return href ? (
    <Link href={href} className={`${look} state-link`}>
      {said}
    </Link>
  ) : (
    <span className={look}>{said}</span>
  )
}
