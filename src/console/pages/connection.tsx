import { LinkExternalIcon, PulseIcon, TrashIcon } from '@primer/octicons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { connection } from '../api/queries.ts'
import type { ConnectionDetail } from '../api/types.ts'
import { Answered } from '../parts/answered.tsx'
import { Discovery } from '../parts/discovery.tsx'
import { LinkAsButton } from '../parts/link-as-button.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Words } from '../parts/prose.tsx'
import { useMay } from '../parts/session.tsx'
import { State } from '../parts/state.tsx'
import { StateCounts } from '../parts/state-bar.tsx'
import { Time } from '../parts/time.tsx'
import { Budgets, Hooks } from './connection/budgets.tsx'
import { Events, Permissions } from './connection/permissions.tsx'

/** How one organization is reached, what that takes, and whether it goes well. */
export default function ConnectionPage({ id }: { id: number }) {
  const query = useQuery(connection(id))
  return <Answered query={query}>{(detail) => <Shown connection={detail} />}</Answered>
}

function Shown({ connection: shown }: { connection: ConnectionDetail }) {
  return (
    <Page
      title={shown.login}
      crumbs={[{ text: 'Connections', href: '/connections' }]}
      lead={
        <>
          Connected by {shown.kind === 'app' ? 'the App' : 'a token'} <Time at={shown.createdAt} />
          {shown.status !== 'active' && `, now ${shown.status}`}.
        </>
      }
      actions={
        <>
          <Doctor connection={shown} />
          <Remove connection={shown} />
        </>
      }
    >
      <Discovery connection={shown} />
      <div className="columns">
        <div>
          <Permissions connection={shown} />
          <Events events={shown.events} />
          <Hooks hooks={shown.hooks} />
        </div>
        <div className="side">
          <Health connection={shown} />
          <Budgets budgets={shown.budgets} />
        </div>
      </div>
    </Page>
  )
}

function Doctor({ connection: { id, organization } }: { connection: ConnectionDetail }) {
  if (!useMay('Operator', organization?.id)) return null
  return (
    <LinkAsButton href={`/connections/${id}/doctor`} leadingVisual={PulseIcon}>
      Doctor
    </LinkAsButton>
  )
}

function Remove({ connection: { id, organization } }: { connection: ConnectionDetail }) {
  if (!useMay('Owner', organization?.id)) return null
  return (
    <LinkAsButton href={`/connections/${id}/remove`} variant="danger" leadingVisual={TrashIcon}>
      Remove
    </LinkAsButton>
  )
}

function Health({
  connection: { eventHandlers, lastDeliveryAt, controls, organization, settingsUrl },
}: {
  connection: ConnectionDetail
}) {
  return (
    <Section title="Health">
      <dl className="facts pad">
        <dt>Event Handlers</dt>
        <dd>
          {eventHandlers ? (
            <>
              <Link href={`/controls/${eventHandlers.controlId}`} className="state-link">
                <State state={eventHandlers.state} />
              </Link>
              <span className="cell-sub">
                <Words text={eventHandlers.reason} />
              </span>
            </>
          ) : (
            'Not judged yet'
          )}
        </dd>
        <dt>Last delivery</dt>
        <dd>{lastDeliveryAt === null ? 'None yet' : <Time at={lastDeliveryAt} />}</dd>
        <dt>Controls</dt>
        <dd>
          <StateCounts counts={controls} />
        </dd>
        {organization && (
          <>
            <dt>Organization</dt>
            <dd>
              <Link href={`/resources/${organization.id}`} className="link">
                {organization.title}
              </Link>
            </dd>
          </>
        )}
        {settingsUrl && (
          <>
            <dt>On GitHub</dt>
            <dd>
              <a href={settingsUrl} target="_blank" rel="noreferrer" className="link">
                Its settings <LinkExternalIcon aria-hidden />
                <span className="only-read"> (in a new tab)</span>
              </a>
            </dd>
          </>
        )}
      </dl>
    </Section>
  )
}
