import { Link } from 'wouter'
import type { HeldEnforcement } from '../../api/types.ts'
import { Changes } from '../../parts/changes.tsx'
import { ResourceLink } from '../../parts/prose.tsx'

/** What would be changed, before and after. */
export function HeldList({ items }: { items: readonly HeldEnforcement[] }) {
  return (
    <ul className="lines">
      {items.map(({ controlId, path, resource, changes }) => (
        <li key={controlId} className="stack stack-tight">
          <span className="inline">
            <ResourceLink resource={resource} />
            <Link href={`/controls/${controlId}`} className="muted small">
              {path}
            </Link>
          </span>
          <Changes changes={changes} />
        </li>
      ))}
    </ul>
  )
}
