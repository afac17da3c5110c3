import { Label } from '@primer/react'
import { Link } from 'wouter'
import type { ResourceRow } from '../../api/types.ts'
import type { Column } from '../../parts/list.tsx'
import { State } from '../../parts/state.tsx'
import { Time } from '../../parts/time.tsx'

/** What a list of resources shows of each. */
export const resourceColumns: readonly Column<ResourceRow>[] = [
  {
    title: 'Resource',
    width: 'minmax(0, 4fr)',
    lead: true,
    cell: ({ id, title, goneAt }) => (
      <span className="inline">
        <Link href={`/resources/${id}`} className="strong">
          {title}
        </Link>
        {goneAt && <Label size="small">Gone</Label>}
      </span>
    ),
  },
  { title: 'Type', width: 'minmax(0, 3fr)', cell: ({ type }) => type },
  {
    title: 'Worst state',
    width: '140px',
    cell: ({ worst }) => (worst ? <State state={worst} /> : <span className="muted">No controls</span>),
  },
  { title: 'Last seen', width: '120px', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
]
