import { SyncIcon } from '@primer/octicons-react'
import { Button } from '@primer/react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { at, connection, delivery } from '../api/queries.ts'
import type { DeliveryDetail } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { useMay } from '../parts/session.tsx'
import { Time } from '../parts/time.tsx'
import { useOrder } from '../parts/use-order.ts'
import { DeliveryStatus, statuses } from './delivery/status.tsx'

/** One webhook request: its headers and body as they came, and a way to have it processed again. */
export default function Delivery({ id }: { id: number }) {
  const query = useQuery(delivery(id))
  return <Answered query={query}>{(detail) => <Shown delivery={detail} />}</Answered>
}

function Shown({ delivery: shown }: { delivery: DeliveryDetail }) {
  return (
    <Page
      title={`${shown.event}, delivery ${shown.id}`}
      crumbs={[{ text: 'Deliveries', href: '/deliveries' }]}
      lead={statuses[shown.status].meaning}
      actions={<Replay delivery={shown} />}
    >
      <div className="columns">
        <div>
          <Section title="Headers">
            <dl className="facts pad">
              {Object.keys(shown.headers).length === 0 && <dt>None is kept: it did not come by HTTP.</dt>}
              {Object.entries(shown.headers).map(([name, value]) => (
                <Header key={name} name={name} value={value} />
              ))}
            </dl>
          </Section>
          <Section
            title="Body"
            note={`${shown.bytes.toLocaleString()} bytes${shown.cut ? ', cut here' : ''}`}
            actions={<a href={`/api/v1/deliveries/${shown.id}/body`}>Raw</a>}
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
            <pre tabIndex={0} className="body-text">
              {readable(shown.body)}
            </pre>
          </Section>
        </div>
        <div className="side">
          <About delivery={shown} />
        </div>
      </div>
    </Page>
  )
}

function Header({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  )
}

function About({
  delivery: { event, status, error, receivedAt, guid, hook, connection: whose },
}: {
  delivery: DeliveryDetail
}) {
  return (
    <Section title="About">
      <dl className="facts pad">
        <dt>Status</dt>
        <dd>
          <DeliveryStatus status={status} />
        </dd>
        {error && (
          <>
            <dt>What went wrong</dt>
            <dd>{error}</dd>
          </>
        )}
        <dt>Event</dt>
        <dd>{event}</dd>
        <dt>Received</dt>
        <dd>
          <Time at={receivedAt} />
        </dd>
        <dt>GUID</dt>
        <dd>{guid}</dd>
        <dt>Webhook</dt>
        <dd>{hook === 'app' ? 'Of the App' : hook}</dd>
        <dt>Organization</dt>
        <dd>{whose?.login ?? 'None yet'}</dd>
      </dl>
    </Section>
  )
}

/** For people to read; the bytes as they came are behind “Raw”. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

function Replay({ delivery: { id, connection: whose } }: { delivery: DeliveryDetail }) {
  const { data } = useQuery({ ...connection(whose?.id ?? 0), enabled: whose !== null })
  const may = useMay('Operator', data?.organization?.id)
  const replay = useOrder(() => api.deliveries[':id'].replay.$post(at(id)), {
    concerns: ['delivery'],
    said: 'The delivery is processed again.',
  })
  if (!may) return null
  return (
    <>
      <Button leadingVisual={SyncIcon} disabled={replay.isPending} onClick={() => replay.mutate()}>
        Replay
      </Button>
      <Refusal error={replay.error} />
    </>
  )
}
