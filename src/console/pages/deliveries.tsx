import { WebhookIcon } from '@primer/octicons-react'
import { Label } from '@primer/react'
import { Link } from 'wouter'
import { deliveries } from '../api/queries.ts'
import type { DeliveryRow } from '../api/types.ts'
import { Nothing } from '../parts/answered.tsx'
import { useConnectionChoice } from '../parts/connection-choice.ts'
import { useFilter } from '../parts/filter.ts'
import { type Choice, FilterBox } from '../parts/filter-box.tsx'
import { type Column, List } from '../parts/list.tsx'
import { Page } from '../parts/page.tsx'
import { Time } from '../parts/time.tsx'
import { DeliveryStatus, statuses } from './delivery/status.tsx'

const statusChoice: Choice = {
  name: 'status',
  label: 'Status',
  options: Object.entries(statuses).map(([value, { label }]) => ({ value, label })),
}

const columns: readonly Column<DeliveryRow>[] = [
  {
    title: 'Event',
    width: 'minmax(0, 3fr)',
    lead: true,
    cell: ({ id, event }) => (
      <Link href={`/deliveries/${id}`} className="strong">
        {event}
      </Link>
    ),
  },
  {
    title: 'Status',
    width: 'minmax(0, 2fr)',
    cell: ({ status, error }) => (
      <span>
        <DeliveryStatus status={status} />
        {error && <span className="cell-sub clip">{error}</span>}
      </span>
    ),
  },
  {
    title: 'Organization',
    width: 'minmax(0, 2fr)',
    cell: ({ connection }) => connection?.login ?? <span className="muted">None yet</span>,
  },
  {
    title: 'Webhook',
    width: 'minmax(0, 2fr)',
    cell: ({ hook, source }) => (
      <span className="inline">
        {hook === 'app' ? 'App' : hook}
        {source !== 'webhook' && <Label size="small">{source === 'log' ? 'From the log' : 'By Probot'}</Label>}
      </span>
    ),
  },
  {
    title: 'GUID',
    width: 'minmax(0, 4fr)',
    cell: ({ guid }) => <span className="small muted">{guid}</span>,
  },
  { title: 'Received', width: '120px', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
]

/** Every webhook request as it came. */
export default function Deliveries() {
  const [filter, setFilter] = useFilter()
  return (
    <Page title="Deliveries" lead="Every webhook request that GitHub brought, and what became of it.">
      <FilterBox
        filter={filter}
        onFilter={setFilter}
        example="event:repository status:parked"
        choices={[statusChoice, ...useConnectionChoice()]}
      />
      <List
        query={deliveries(filter)}
        columns={columns}
        of={['delivery', 'deliveries']}
        none={
          <Nothing icon={WebhookIcon} title="No deliveries">
            Nothing came that fits the filter. GitHub sends a delivery with every change; whether they arrive is what
            the control “GitHub &gt; Organization &gt; Event Handlers” judges.
          </Nothing>
        }
      />
    </Page>
  )
}
