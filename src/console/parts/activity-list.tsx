import { HistoryIcon } from '@primer/octicons-react'
import { Link } from 'wouter'
import { activities } from '../api/queries.ts'
import type { Activity } from '../api/types.ts'
import { Nothing } from './answered.tsx'
import { Changes } from './changes.tsx'
import { knownBy } from './known-by.ts'
import { type Column, List } from './list.tsx'
import { ResourceLink, Words } from './prose.tsx'
import { Time } from './time.tsx'

const columns: readonly Column<Activity>[] = [
  {
    title: 'What happened',
    width: 'minmax(0, 8fr)',
    lead: true,
    cell: ({ summary, changes }) => (
      <>
        <span>
          <Words text={summary} />
        </span>
        {changes.length > 0 && (
          <details>
            <summary className="small muted">
              {changes.length} {changes.length === 1 ? 'change' : 'changes'}
            </summary>
            <Changes changes={changes} />
          </details>
        )}
      </>
    ),
  },
  { title: 'Resource', width: 'minmax(0, 3fr)', cell: ({ resource }) => <ResourceLink resource={resource} /> },
  { title: 'By', width: 'minmax(0, 2fr)', cell: ({ actor }) => actor ?? <span className="muted">unknown</span> },
  {
    title: 'Known by',
    width: 'minmax(0, 2fr)',
    cell: ({ source, deliveryId }) =>
      deliveryId === null ? (
        knownBy(source)
      ) : (
        <Link href={`/deliveries/${deliveryId}`} className="link">
          {knownBy(source)}
        </Link>
      ),
  },
  { title: 'When', width: '120px', cell: ({ at }) => <Time at={at} /> },
]

/** History, newest first: who changed what, and how it is known. */
export function ActivityList({ filter }: { filter: string }) {
  return (
    <List
      query={activities(filter)}
      columns={columns}
      of={['entry', 'entries']}
      none={
        <Nothing icon={HistoryIcon} title="Nothing happened">
          Changes to resources, controls and policies are told here as they happen. A filter may be hiding some.
        </Nothing>
      }
    />
  )
}
