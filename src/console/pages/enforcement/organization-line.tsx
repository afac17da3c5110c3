import { Label } from '@primer/react'
import { Link } from 'wouter'
import type { EnforcementStanding } from '../../api/types.ts'
import { Time } from '../../parts/time.tsx'

/** How enforcement stands with one organization. */
export function OrganizationLine({ standing }: { standing: EnforcementStanding }) {
  const { connectionId, login, stopped, waiting, madeWithinHour, toCome } = standing
  const held = waiting.reduce((sum, { count }) => sum + count, 0)
  return (
    <li className="group">
      <div className="stack stack-tight">
        <span className="inline">
          <Link href={`/enforcement/${connectionId}`} className="strong">
            {login}
          </Link>
          <Standing standing={standing} />
        </span>
        {stopped && (
          <span className="muted small">
            Stopped {stopped.everywhere && 'everywhere '}by {stopped.by}, <Time at={stopped.at} />
            {stopped.why && `: ${stopped.why}`}
          </span>
        )}
      </div>
      <span className="small muted">{held === 0 ? 'Nothing waits' : `${held.toLocaleString()} waiting`}</span>
      <span className="small muted">
        {madeWithinHour.toLocaleString()} changed within the hour
        {toCome > 0 && `, ${toCome.toLocaleString()} to come`}
      </span>
    </li>
  )
}

/** The one word that says it. */
export function Standing({ standing: { stopped, waiting } }: { standing: EnforcementStanding }) {
  if (stopped)
    return (
      <Label size="small" variant="danger">
        Stopped
      </Label>
    )
  if (waiting.some(({ kind }) => kind === 'first-plan'))
    return (
      <Label size="small" variant="attention">
        Waits for its plan to be confirmed
      </Label>
    )
  return (
    <Label size="small" variant="success">
      Goes on
    </Label>
  )
}
